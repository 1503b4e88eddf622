import assert from "node:assert/strict";
import { createGenerator } from "../random.ts";
import { countParameters, initialiseParameters, type ParameterSpecs } from "./parameters.ts";

const specs: ParameterSpecs = {
  kernel: { shape: [100, 200], initial: "normal" },
  bias: { shape: [200], initial: "zeros" },
  gain: { shape: [3, 2], initial: "ones" },
};

Deno.test("parameters start from N(0, 0.02), zeros or ones, as listed", () => {
  const { kernel, bias, gain } = initialiseParameters(specs, createGenerator(1));
  const drawn = Array.from(kernel);
  const mean = drawn.reduce((sum, value) => sum + value) / drawn.length;
  const deviation = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
  assert.ok(Math.abs(mean) < 0.001, `mean ${mean}`);
  assert.ok(Math.abs(deviation - 0.02) < 0.001, `deviation ${deviation}`);
  assert.deepEqual(bias, new Float32Array(200));
  assert.deepEqual(gain, new Float32Array(6).fill(1));
});

Deno.test("a kernel that starts as Xavier's keeps the size of what goes through it", () => {
  for (const shape of [[300, 100], [50, 400]]) {
    const { kernel } = initialiseParameters({ kernel: { shape, initial: "xavier" } }, createGenerator(1));
    const variance = Array.from(kernel).reduce((sum, value) => sum + value ** 2, 0) / kernel.length;
    const expected = 2 / (shape[0] + shape[1]);
    assert.ok(Math.abs(variance / expected - 1) < 0.05, `${shape}: ${variance}, expected ${expected}`);
  }
});

Deno.test("the same seed gives the same parameters, another seed others", () => {
  const draw = (seed: number) => initialiseParameters(specs, createGenerator(seed));
  assert.deepEqual(draw(4), draw(4));
  assert.notDeepEqual(draw(4), draw(5));
});

Deno.test("parameters are counted over all shapes", () => {
  assert.equal(countParameters(specs), 100 * 200 + 200 + 6);
});
