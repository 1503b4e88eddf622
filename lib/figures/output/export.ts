import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
// naming the package here makes Deno install it, so that its font files can be found
import fontMetadata from "@expo-google-fonts/source-sans-3/metadata.json" with { type: "json" };
import { openSync } from "fontkit";
import { Resvg } from "@resvg/resvg-js";
import PdfDocument from "pdfkit";
import subsetFont from "subset-font";
import svgToPdfKit from "svg-to-pdfkit";
import { printable } from "../../printable.ts";
import { pointsPerPixel, svgSize } from "../drawing/plot.ts";

const fontFile = fileURLToPath(
  import.meta.resolve("@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf"),
);

/** The package has no types. */
const openFont: (path: string) => { hasGlyphForCodePoint(codePoint: number): boolean } = openSync;

/** Returns the letters of an SVG that the figures' font does not have: PNG and PDF show an empty box for each. */
export function missingLetters(svg: string): string[] {
  const font = openFont(fontFile);
  const text = svg.replace(/<title>[^]*?<\/title>|<[^>]*>/g, ""); // a title is not drawn
  return [...new Set(text)].filter((letter) =>
    !font.hasGlyphForCodePoint(letter.codePointAt(0)!) && !/[\p{Cc}\p{Cf}\p{M}]/u.test(letter)
  );
}

/**
 * Draws an SVG as PNG on white, at twice its size, without any font of the system.
 *
 * @example
 * ```ts
 * import { svgToPng } from "./export.ts";
 * import assert from "node:assert/strict";
 *
 * const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>`;
 * assert.deepEqual([...svgToPng(svg).subarray(1, 4)], [..."PNG"].map((letter) => letter.charCodeAt(0)));
 * ```
 */
export function svgToPng(svg: string): Uint8Array<ArrayBuffer> {
  const image = new Resvg(printable(svg), {
    fitTo: { mode: "zoom", value: 2 },
    background: "white",
    font: { loadSystemFonts: false, fontFiles: [fontFile], defaultFontFamily: fontMetadata.family },
  });
  return new Uint8Array(image.render().asPng());
}

/** Draws an SVG as a PDF page of its printed size, with its font embedded and its text selectable. */
export async function svgToPdf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = svgSize(svg);
  const size = [width * pointsPerPixel, height * pointsPerPixel];
  // a fixed date: equal figures give equal files
  const document = new PdfDocument({ size, margin: 0, info: { CreationDate: new Date(0) } });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  document.on("data", (chunk: Uint8Array<ArrayBuffer>) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on("end", resolve));
  document.registerFont(fontMetadata.family, fontFile);
  document.scale(pointsPerPixel);
  svgToPdfKit(document, printable(svg), 0, 0, {
    width,
    height,
    fontCallback: () => fontMetadata.family,
    assumePt: true,
  });
  document.end();
  await ended;
  return new Blob(chunks).bytes();
}

/** Puts the letters that an SVG uses into it, so that it looks the same where its font is not installed. */
export async function embedFont(svg: string): Promise<string> {
  const clean = printable(svg);
  // letters of tags and attributes come along: a few hundred bytes more
  const font = await subsetFont(await readFile(fontFile), clean, { targetFormat: "woff2" });
  const source = `url(data:font/woff2;base64,${font.toString("base64")})`;
  const face = `@font-face { font-family: "${fontMetadata.family}"; src: ${source} format("woff2"); }`;
  return clean.replace(/^<svg [^>]*[^/]>/, (tag) => `${tag}<style>${face}</style>`);
}
