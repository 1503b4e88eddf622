import assert from "node:assert/strict";
import { poolings } from "./pooling.ts";

// two texts of 3 and 1 tokens, width 2; 9 is padding
const states = new Float32Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9]);

Deno.test("cls takes the first token's state", () => {
  assert.deepEqual([...poolings.cls(states, [3, 1], 2)], [1, 2, 7, 8]);
});

Deno.test("mean leaves the padding out", () => {
  assert.deepEqual([...poolings.mean(states, [3, 1], 2)], [3, 4, 7, 8]);
});
