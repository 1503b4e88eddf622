import assert from "node:assert/strict";
import { areOneEncoder, checkOneEncoder } from "./one_encoder.ts";

const domain = (name: string, encoder?: string, width = 1) => ({
  name,
  features: { values: new Float32Array(width), rows: 1, width, encoder },
});

Deno.test("an unknown encoder may be any but the offline one, in either order", () => {
  const names = ["offline", "bert", undefined];
  const pairs = names.flatMap((one) =>
    names.filter((other) => areOneEncoder(one, other)).map((other) => [one, other])
  );
  assert.deepEqual(pairs, [
    ["offline", "offline"],
    ["bert", "bert"],
    ["bert", undefined],
    [undefined, "bert"],
    [undefined, undefined],
  ]);
  assert.ok(areOneEncoder(null, undefined) && !areOneEncoder("offline", null));
});

Deno.test("every pair of domains counts, whatever lies between", () => {
  const mixed = [domain("A", "bert"), domain("B"), domain("C", "other")];
  assert.throws(() => checkOneEncoder(mixed), {
    name: "DataError",
    message: /text features of C: expected .* A .*: from the encoder bert, but found from the encoder other/,
  });
  checkOneEncoder([mixed[0], mixed[1], { name: "no features", features: null }]);
});

Deno.test("features from a file and the offline encoder's do not go together, nor do two widths", () => {
  for (const mixed of [[domain("A"), domain("B", "offline")], [domain("A", "offline"), domain("B")]]) {
    assert.throws(() => checkOneEncoder(mixed), {
      name: "DataError",
      message: /text features of B.*from a file/,
    });
  }
  assert.throws(() => checkOneEncoder([domain("A"), domain("B", undefined, 2)]), {
    name: "DataError",
    message: /text features of B: expected 1 numbers per item, as those of A have, but found 2/,
  });
});
