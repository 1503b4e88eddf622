import assert from "node:assert/strict";
import fc from "fast-check";
import { createIdIndex } from "./id_index.ts";
import { numberIds } from "./interactions.ts";

Deno.test("whatever the size of its parts, an index numbers as one part does", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 2 })), fc.integer({ min: 1, max: 9 }), (values, size) => {
      const { numberOf, ids } = createIdIndex(size);
      const { codes, ids: expected } = numberIds(values);
      assert.deepEqual(values.map(numberOf), [...codes]);
      assert.deepEqual(ids, expected);
    }),
  );
});
