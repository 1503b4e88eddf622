import assert from "node:assert/strict";
import fc from "fast-check";
import { formatCount, formatDuration, formatProgress, formatRate } from "./format.ts";

Deno.test("durations change their unit where a person would", () => {
  const cases: [number, string][] = [
    [0, "0.0 s"],
    [0.44, "0.4 s"],
    [9.96, "10 s"],
    [59.4, "59 s"],
    [59.6, "1 min 00 s"],
    [185, "3 min 05 s"],
    [3599.7, "1 h 00 min"],
    [7500, "2 h 05 min"],
  ];
  for (const [seconds, expected] of cases) assert.equal(formatDuration(seconds), expected);
});

Deno.test("no duration shows sixty seconds or sixty minutes", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
      assert.doesNotMatch(formatDuration(seconds), /\b60 (s|min)/);
    }),
  );
});

Deno.test("counts and rates are readable at every size", () => {
  assert.equal(formatCount(59427), "59,427");
  assert.equal(formatRate(12345, "instances"), "12,300 instances/s");
  assert.equal(formatRate(0.01234, "epochs"), "0.0123 epochs/s");
});

Deno.test("a progress line holds count, speed, time left and note", () => {
  const state = { title: "Training", unit: "batches", total: 400 };
  assert.equal(
    formatProgress({ ...state, done: 100, seconds: 50, note: "loss 6.1" }),
    "Training: 100 of 400 batches · 2 batches/s · 2 min 30 s left · loss 6.1",
  );
  assert.equal(formatProgress({ ...state, done: 0, seconds: 0 }), "Training: 0 of 400 batches");
  assert.equal(
    formatProgress({ ...state, done: 400, seconds: 100 }),
    "Training: 400 of 400 batches · 4 batches/s",
  );
});
