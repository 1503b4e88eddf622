import assert from "node:assert/strict";
import fc from "fast-check";
import { createGenerator, uniform } from "../random.ts";
import { bootstrap } from "./bootstrap.ts";
import { mean } from "./significance.ts";

const meanOver = (values: ArrayLike<number>) => (drawn: Int32Array) => [
  mean(Float64Array.from(drawn, (user) => values[user])),
];
const everyone = (count: number) => Int32Array.from({ length: count }, (_, user) => user);

Deno.test("the interval of a mean is that of the normal approximation for many users", () => {
  const generator = createGenerator(3);
  const hits = Array.from({ length: 400 }, () => Number(uniform(generator) < 0.3));
  const [{ value, interval }] = bootstrap(everyone(400), meanOver(hits), generator);
  const halfWidth = 1.96 * Math.sqrt(value! * (1 - value!) / 400);
  assert.ok(Math.abs(interval!.low - (value! - halfWidth)) < 0.006, `${interval!.low}`);
  assert.ok(Math.abs(interval!.high - (value! + halfWidth)) < 0.006, `${interval!.high}`);
});

Deno.test("the interval of a mean holds the mean", () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 50, maxLength: 120 }),
      fc.integer(),
      (hits, seed) => {
        const [{ value, interval }] = bootstrap(
          everyone(hits.length),
          meanOver(hits),
          createGenerator(seed),
        );
        assert.equal(value, mean(hits));
        if (new Set(hits).size === 1) assert.equal(interval, null);
        else assert.ok(interval!.low <= value && value <= interval!.high);
      },
    ),
    { numRuns: 15 },
  ));

Deno.test("statistics of one call see the same users, only those given, and as many", () => {
  bootstrap(Int32Array.of(4, 7, 9), (drawn) => {
    assert.equal(drawn.length, 3);
    assert.ok(drawn.every((user) => [4, 7, 9].includes(user)));
    return [0];
  }, createGenerator(1));
  const values = [0.2, 0.5, 0.1, 0.9];
  const [one, double] = bootstrap(everyone(4), (drawn) => {
    const [value] = meanOver(values)(drawn);
    return [value, 2 * value];
  }, createGenerator(1));
  assert.equal(double.interval!.high, 2 * one.interval!.high);
});

Deno.test("what is not defined is null, never NaN or infinite", () => {
  const ratioTo = (hits: number[]) => (drawn: Int32Array) => [1 / meanOver(hits)(drawn)[0]];
  const few = [1, 0, 0, 0, 0, 0, 0, 0]; // a third of the resamples have no hit
  const many = Array.from({ length: 40 }, (_, user) => user % 2);
  assert.deepEqual(bootstrap(everyone(2), ratioTo([0, 0]), createGenerator(1)), [
    { value: null, interval: null },
  ]);
  assert.deepEqual(bootstrap(everyone(8), ratioTo(few), createGenerator(1)), [{ value: 8, interval: null }]);
  assert.ok(bootstrap(everyone(40), ratioTo(many), createGenerator(1))[0].interval !== null);
});

Deno.test("a statistic that is the same wherever it is defined has no interval", () => {
  const hits = [1, 1, 1, 0, 0, 0, 0, 0]; // a resample in forty has no hit
  const itselfToItself = (drawn: Int32Array) => {
    const [mean] = meanOver(hits)(drawn);
    return [mean / mean];
  };
  assert.deepEqual(bootstrap(everyone(8), itselfToItself, createGenerator(1)), [{
    value: 1,
    interval: null,
  }]);
});

Deno.test("the seed decides", () => {
  const run = (seed: number) => bootstrap(everyone(9), meanOver([...everyone(9)]), createGenerator(seed));
  assert.deepEqual(run(5), run(5));
  assert.notDeepEqual(run(5), run(6));
});
