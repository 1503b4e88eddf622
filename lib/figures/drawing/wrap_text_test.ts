import fc from "fast-check";
import assert from "node:assert/strict";
import { widthOfText, wrapText } from "./wrap_text.ts";

const fontSize = 12;

Deno.test("lines fit, and hold the whole text where there is room for it", () => {
  const texts = fc.array(fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }), { maxLength: 12 });
  fc.assert(fc.property(texts, fc.integer({ min: 30, max: 200 }), (words, width) => {
    const text = words.join(" ");
    const lines = wrapText(text, { width, fontSize, mostLines: Infinity });
    assert.equal(lines.join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
    for (const line of lines) assert.ok(widthOfText(line, fontSize) <= width, line);
  }));
});

Deno.test("a text that is too long is cut with an ellipsis and still fits", () => {
  fc.assert(fc.property(fc.string({ minLength: 40 }), fc.integer({ min: 1, max: 3 }), (text, mostLines) => {
    const all = wrapText(text, { width: 60, fontSize, mostLines: Infinity });
    const cut = wrapText(text, { width: 60, fontSize, mostLines });
    assert.equal(cut.length, Math.min(all.length, mostLines));
    if (all.length > mostLines) assert.match(cut[mostLines - 1], /…$/);
    for (const line of cut) assert.ok(widthOfText(line, fontSize) <= 60, line);
  }));
});

Deno.test("lines break between words, and inside a word only if it is wider than a line", () => {
  assert.deepEqual(wrapText("red dog leash", { width: 50, fontSize, mostLines: 5 }), ["red dog", "leash"]);
  assert.ok(wrapText("ABCDEFGHIJKLMNOPQRSTUVWXYZ", { width: 50, fontSize, mostLines: 9 }).length > 2);
});
