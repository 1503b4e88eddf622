import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { embedFont, missingLetters, svgToPdf, svgToPng } from "./export.ts";
import { besideEachOther, oneColumn, svgSize, twoColumns } from "../drawing/plot.ts";

const attributes = 'xmlns="http://www.w3.org/2000/svg" width="200" height="100"';
const blank = `<svg ${attributes}></svg>`;
const labelled = `<svg ${attributes}><text x="20" y="50" font-size="20">NDCG@10 é</text></svg>`;

Deno.test("PNG has twice the figure's size and draws text without system fonts", () => {
  const png = svgToPng(labelled);
  const header = new DataView(png.buffer, 16);
  assert.deepEqual([header.getUint32(0), header.getUint32(4)], [400, 200]);
  assert.notDeepEqual(png, svgToPng(blank));
});

Deno.test("PDF has the figure's size in print, an embedded font and the text itself", async () => {
  const pdf = Buffer.from(await svgToPdf(labelled)).toString("latin1");
  assert.match(pdf, /\/MediaBox \[0 0 140 70\]/);
  assert.match(pdf, /\/FontFile2 /);
  // the map from glyphs back to characters is what makes text selectable
  const streams = [...pdf.matchAll(/stream\n([^]*?)\nendstream/g)].flatMap(([, data]) => {
    try {
      return [inflateSync(Buffer.from(data, "latin1")).toString("latin1")];
    } catch {
      return []; // not a compressed stream
    }
  });
  const map = streams.find((stream) => stream.includes("beginbfrange")) ?? "";
  for (const character of "NDCG@10é") {
    assert.ok(map.includes(character.charCodeAt(0).toString(16).padStart(4, "0")), character);
  }
});

Deno.test("letters that the font lacks are named, once each, but not those that are not drawn", () => {
  const svg = `<svg ${attributes}><title>語</title><text aria-label="字">漢 A é → 漢字 &lt;ع</text></svg>`;
  assert.deepEqual(missingLetters(svg), ["漢", "字", "ع"]);
  assert.deepEqual(missingLetters(labelled), []);
});

Deno.test("letters that are no characters of XML end no figure", async () => {
  const hostile = labelled.replace("NDCG", "\x1b[31m\0\ufffe\uffff\x9b\ud800NDCG");
  assert.ok(svgToPng(hostile).length > 0);
  assert.ok((await svgToPdf(hostile)).length > 0);
  assert.match(await embedFont(hostile), />\ufffd\[31m\ufffd{5}NDCG@10/);
});

Deno.test("equal figures give equal files", async () => {
  assert.deepEqual(await svgToPdf(labelled), await svgToPdf(labelled));
  assert.deepEqual(svgToPng(labelled), svgToPng(labelled));
});

Deno.test("SVG brings its letters along, and stays the same figure", async () => {
  const embedded = await embedFont(labelled);
  const font = embedded.match(/<style>@font-face \{ font-family: "Source Sans 3"; src: url\(data:([^)]*)\)/)
    ?.[1];
  const [type, data] = String(font).split(";base64,");
  assert.equal(type, "font/woff2");
  assert.equal(Buffer.from(data, "base64").toString("latin1", 0, 4), "wOF2");
  assert.equal(embedded.replace(/<style>.*<\/style>/, ""), labelled);
});

Deno.test("columns of a paper are 3.33 and 7 inches wide", async () => {
  const widthInPrint = async (width: number) => {
    const pdf = await svgToPdf(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"></svg>`);
    return Number(Buffer.from(pdf).toString("latin1").match(/MediaBox \[0 0 ([0-9.]+)/)?.[1]) / 72;
  };
  assert.ok(Math.abs(await widthInPrint(oneColumn) - 3.33) < 0.01);
  assert.ok(Math.abs(await widthInPrint(twoColumns) - 7) < 0.01);
});

Deno.test("figures beside each other keep their sizes, and start a new row rather than grow too wide", () => {
  assert.deepEqual(svgSize(besideEachOther([blank, labelled])), { width: 400, height: 100 });
  const rows = besideEachOther([blank, blank, blank, labelled]);
  assert.deepEqual(svgSize(rows), { width: 600, height: 200 });
  assert.match(rows, /<svg x="0" y="100" [^>]*><text/);
});
