import assert from "node:assert/strict";
import { batchesOf, ranges } from "./batches.ts";

Deno.test("what waits for the same is one array, with the memory of its largest, and what is done is not waited for", () => {
  const trainings = [
    { after: [], memory: 5 },
    { after: [], memory: 9 },
    { after: [1], memory: 3 },
    { after: [1], memory: 4 },
    { after: [1, 3], memory: 2 },
  ];
  const all = [1, 2, 3, 4, 5];
  assert.deepEqual(batchesOf(trainings, all, () => false), [
    { base: 0, after: [], numbers: [1, 2], memory: 9 },
    { base: 0, after: [1], numbers: [3, 4], memory: 4 },
    { base: 0, after: [1, 3], numbers: [5], memory: 2 },
  ]);
  assert.deepEqual(batchesOf(trainings, [2, 4, 5], (number) => number === 1), [
    { base: 0, after: [], numbers: [2, 4], memory: 9 },
    { base: 0, after: [3], numbers: [5], memory: 2 },
  ]);
});

Deno.test("an array has at most a thousand places", () => {
  const trainings = Array.from({ length: 2001 }, () => ({ after: [], memory: 1 }));
  const batches = batchesOf(trainings, trainings.map((_, at) => at + 1), () => false);
  assert.deepEqual(batches.map(({ base, numbers }) => [base, numbers.length]), [[0, 1000], [1000, 1000], [
    2000,
    1,
  ]]);
  for (const { base, numbers } of batches) {
    assert.ok(numbers.every((number) => number - base >= 1 && number - base <= 1000));
  }
});

Deno.test("numbers that follow each other are written as ranges", () => {
  assert.equal(ranges([1, 2, 3, 7, 9, 10]), "1-3,7,9-10");
  assert.equal(ranges([4]), "4");
});
