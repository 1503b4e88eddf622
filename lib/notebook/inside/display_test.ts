import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { figureBundle, tableBundle } from "./display.ts";

Deno.test("a figure travels as SVG in HTML and as PNG", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><circle r="5"/></svg>';
  const bundle = figureBundle(svg);
  assert.equal(bundle["text/html"], svg);
  assert.equal(Buffer.from(bundle["image/png"] ?? "", "base64").toString("latin1", 1, 4), "PNG");
});

Deno.test("a table travels as HTML and as readable text", () => {
  const columns = [{ name: "model", heading: "Model" }];
  const bundle = tableBundle({ caption: "Results", columns, rows: [["SASRec"]] });
  assert.match(bundle["text/html"] ?? "", /<td[^>]*>SASRec<\/td>/);
  assert.match(bundle["text/plain"] ?? "", /\| SASRec \|/);
});
