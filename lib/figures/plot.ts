import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";
import { ink, palette } from "./palette.ts";

/** The font of every figure; `export.ts` embeds it in PNG and PDF. */
const fontFamily = "Source Sans 3";

/**
 * Draws an Observable Plot figure without a browser, as a self-contained SVG.
 *
 * Plot's own legends are HTML and not part of the SVG: use `legend` as a mark.
 */
export function plotSvg(options: Plot.PlotOptions): string {
  const document = new DOMParser().parseFromString("<html></html>", "text/html");
  const svg = Plot.plot({
    marginTop: 30,
    marginBottom: 40,
    ...options,
    document: document as unknown as Plot.PlotOptions["document"],
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("font-family", `'${fontFamily}', Helvetica, Arial, sans-serif`);
  svg.setAttribute("font-size", "12");
  svg.setAttribute("style", "max-width: 100%; height: auto; background: white");
  svg.removeAttribute("class");
  // Plot's style sheet says the same for browsers only, and other readers of SVG stumble over it
  svg.querySelector("style")?.remove();
  return svg.outerHTML.replaceAll("currentColor", ink);
}

/** Puts figures of equal height next to each other in one SVG. */
export function besideEachOther(svgs: string[]): string {
  const sizes = svgs.map((svg) => svgSize(svg));
  const width = sizes.reduce((sum, size) => sum + size.width, 0);
  const height = Math.max(...sizes.map((size) => size.height));
  let left = 0;
  const panels = svgs.map((svg, index) => {
    const panel = svg.replace(/ style="[^"]*"/, "").replace("<svg ", `<svg x="${left}" y="0" `);
    left += sizes[index].width;
    return panel;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `style="max-width: 100%; height: auto; background: white">${panels.join("")}</svg>`;
}

/** Reads the size that an SVG gives itself, in CSS pixels. */
export function svgSize(svg: string): { width: number; height: number } {
  const read = (name: string) => Number(svg.match(new RegExp(`^<svg [^>]*?\\b${name}="([0-9.]+)"`))?.[1]);
  return { width: read("width"), height: read("height") };
}

/** Returns the colour of the series `index`; the colours start again after the last. */
export function seriesColour(index: number): string {
  return palette[index % palette.length];
}
