import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeText } from "./decode_text.ts";

Deno.test("every text comes back from UTF-8, with a byte order mark or without", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    fc.pre(text.isWellFormed() && !text.startsWith("\ufeff"));
    for (const start of ["", "\ufeff"]) {
      assert.deepEqual(decodeText(new TextEncoder().encode(start + text)), { text, encoding: "UTF-8" });
    }
  }));
});

Deno.test("every text comes back from UTF-16 with a byte order mark, whichever byte comes first", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    fc.pre(text.isWellFormed() && !text.startsWith("\ufeff"));
    for (const littleEndian of [true, false]) {
      const bytes = new Uint8Array(2 + 2 * text.length);
      const view = new DataView(bytes.buffer);
      [...("\ufeff" + text).split("")].forEach((unit, at) =>
        view.setUint16(2 * at, unit.charCodeAt(0), littleEndian)
      );
      assert.deepEqual(decodeText(bytes), { text, encoding: "UTF-16" });
    }
  }));
});

Deno.test("what is not UTF-8 is read as Windows-1252", () => {
  const windows = Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x20, 0x80); // é is one byte, and so is the euro sign
  assert.deepEqual(decodeText(windows), { text: "café €", encoding: "Windows-1252" });
});
