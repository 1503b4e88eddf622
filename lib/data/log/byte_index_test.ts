import assert from "node:assert/strict";
import fc from "fast-check";
import { createByteIndex } from "./byte_index.ts";
import { createIdIndex } from "./id_index.ts";

Deno.test("identifiers of any characters are numbered as a Map numbers them", () => {
  const id = fc.oneof(fc.string({ unit: "grapheme", maxLength: 3 }), fc.integer({ max: 50 }).map(String));
  fc.assert(fc.property(fc.array(id, { maxLength: 200 }), (values) => {
    const index = createByteIndex(), expected = createIdIndex();
    for (const value of values.map((value) => value.toWellFormed())) {
      const bytes = new TextEncoder().encode(`,${value},`);
      assert.equal(index.numberOf(bytes, 1, bytes.length - 1), expected.numberOf(value));
    }
    assert.deepEqual(index.ids(), expected.ids);
  }));
});

Deno.test("the table grows with what it holds", () => {
  const { numberOf, ids } = createByteIndex();
  const encoder = new TextEncoder();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 50_000; i++) {
      const bytes = encoder.encode(`user-${i}`);
      assert.equal(numberOf(bytes, 0, bytes.length), i);
    }
  }
  assert.equal(ids()[49_999], "user-49999");
});
