import assert from "node:assert/strict";
import fc from "fast-check";
import { paddingShare, planBatches } from "./batches.ts";

const lengths = fc.array(fc.integer({ min: 3, max: 512 }), { maxLength: 200 });

Deno.test("each sequence is in one batch, the longest ones come first", () => {
  fc.assert(fc.property(lengths, (lengths) => {
    const order = planBatches(lengths).flat();
    assert.deepEqual(order.toSorted((a, b) => a - b), lengths.map((_, i) => i));
    order.slice(1).forEach((sequence, i) => assert.ok(lengths[sequence] <= lengths[order[i]]));
  }));
});

Deno.test("no batch has more than a tenth of padding or more than 512 tokens", () => {
  fc.assert(fc.property(lengths, (lengths) => {
    for (const batch of planBatches(lengths)) {
      assert.ok(paddingShare(lengths, [batch]) <= 0.1);
      assert.ok(batch.length * lengths[batch[0]] <= 512);
    }
  }));
});

Deno.test("sequences of one length fill whole batches", () => {
  const batches = planBatches(Array(100).fill(32));
  assert.deepEqual(batches.map((batch) => batch.length), [16, 16, 16, 16, 16, 16, 4]);
});

Deno.test("the share of padding counts what is added to make sequences equally long", () => {
  assert.equal(paddingShare([10, 5, 5], [[0, 1], [2]]), 0.2);
  assert.equal(paddingShare([], []), 0);
});
