import assert from "node:assert/strict";
import { allocate, fits, sizeOf } from "./array_spec.ts";

Deno.test("a shape holds the product of its extents, a scalar's one", () => {
  assert.equal(sizeOf([3, 4, 5]), 60);
  assert.equal(sizeOf([]), 1);
  assert.equal(sizeOf([7, 0]), 0);
});

Deno.test("arrays are made with the asked type and size, filled with zeros", () => {
  assert.deepEqual(allocate({ shape: [2, 2], type: "float32" }), new Float32Array(4));
  assert.deepEqual(allocate({ shape: [], type: "int32" }), new Int32Array(1));
  assert.deepEqual(allocate({ shape: [3], type: "uint8" }), new Uint8Array(3));
});

Deno.test("an array fits when its type and its number of values do", () => {
  const spec = { shape: [2, 3], type: "float32" } as const;
  assert.ok(fits(spec, new Float32Array(6)));
  assert.ok(!fits(spec, new Float32Array(5)));
  assert.ok(!fits(spec, new Int32Array(6)));
});
