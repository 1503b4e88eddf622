import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { svgToPdf, svgToPng } from "./export.ts";
import { besideEachOther, svgSize } from "./plot.ts";

const attributes = 'xmlns="http://www.w3.org/2000/svg" width="200" height="100"';
const blank = `<svg ${attributes}></svg>`;
const labelled = `<svg ${attributes}><text x="20" y="50" font-size="20">NDCG@10 é</text></svg>`;

Deno.test("PNG has twice the figure's size and draws text without system fonts", () => {
  const png = svgToPng(labelled);
  const header = new DataView(png.buffer, 16);
  assert.deepEqual([header.getUint32(0), header.getUint32(4)], [400, 200]);
  assert.notDeepEqual(png, svgToPng(blank));
});

Deno.test("PDF has the figure's size, an embedded font and the text itself", async () => {
  const pdf = Buffer.from(await svgToPdf(labelled)).toString("latin1");
  assert.match(pdf, /\/MediaBox \[0 0 200 100\]/);
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

Deno.test("equal figures give equal files", async () => {
  assert.deepEqual(await svgToPdf(labelled), await svgToPdf(labelled));
  assert.deepEqual(svgToPng(labelled), svgToPng(labelled));
});

Deno.test("figures beside each other keep their sizes", () => {
  assert.deepEqual(svgSize(besideEachOther([blank, labelled])), { width: 400, height: 100 });
});
