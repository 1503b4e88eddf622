import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines } from "../../tests/compare_engines.ts";
import { bytes, createGenerator } from "../random.ts";
import { drawNoise } from "./noise.ts";

const size = 100_000;

Deno.test("dropout masks drop the asked share and keep the mean at 1, alike on both engines", async () => {
  for (const rate of [0.1, 0.2, 0.5, 0.9]) {
    const masks = await Promise.all(
      Object.values(engines).map(async (engine) => {
        const program = await engine.compile((_, noise) => ({ mask: noise.dropoutMask([size], rate) }), {});
        const { mask } = await program.run(drawNoise(program.noise, createGenerator(3)));
        await program.release();
        return mask;
      }),
    );
    assert.deepEqual(masks[0], masks[1]);
    const [mask] = masks;
    const values = [...new Set(mask)].sort((a, b) => a - b);
    assert.equal(values.length, 2);
    assert.equal(values[0], 0);
    assert.ok(Math.abs(values[1] - 1 / (1 - rate)) < 0.02 / (1 - rate), `scale ${values[1]}`);
    const dropped = Array.from(mask).filter((value) => value === 0).length / size;
    const mean = Array.from(mask).reduce((sum, value) => sum + value, 0) / size;
    assert.ok(Math.abs(dropped - rate) < 0.006, `dropped ${dropped} instead of ${rate}`);
    assert.ok(Math.abs(mean - 1) < 0.04, `mean ${mean}`);
  }
});

Deno.test("a rate next to 1 still keeps something", async () => {
  const { noise } = await engines.eager.compile((_, noise) => ({ mask: noise.dropoutMask([5], 0.9999) }), {});
  const [spec] = noise;
  assert.ok(spec.kind === "keep" && spec.keepProbability === 1 / 256);
});

Deno.test("noise follows from the generator's state, in the order in which it is asked for", async () => {
  const { noise } = await engines.compiled.compile((_, noise) => ({
    a: noise.normal([3, 2]),
    b: noise.dropoutMask([5], 0.5),
    c: noise.normal([1]),
  }), {});
  const draw = (seed: number) => drawNoise(noise, createGenerator(seed));
  assert.deepEqual(Object.entries(draw(1)).map(([name, values]) => [name, values.length]), [
    ["noise/0", 6],
    ["noise/1", 5],
    ["noise/2", 1],
  ]);
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  const generator = createGenerator(1);
  drawNoise(noise, generator);
  assert.notDeepEqual(drawNoise(noise, generator), draw(1));
});

Deno.test("normal noise reaches the computation as it was drawn", async () => {
  for (const engine of Object.values(engines)) {
    const program = await engine.compile((_, noise) => ({ twice: tf.mul(noise.normal([4]), 2) }), {});
    const drawn = drawNoise(program.noise, createGenerator(8));
    const { twice } = await program.run(drawn);
    assert.deepEqual(twice, Float32Array.from(drawn["noise/0"], (value) => 2 * value));
    await program.release();
  }
});

Deno.test("a value is kept where its random byte reaches the rate's number of 256ths", () => {
  for (const dropped of [0, 1, 51, 128, 255]) {
    const spec = { name: "mask", kind: "keep", type: "uint8", shape: [5000] } as const;
    const { mask } = drawNoise([{ ...spec, keepProbability: 1 - dropped / 256 }], createGenerator(4));
    assert.deepEqual(mask, bytes(createGenerator(4), 5000).map((byte) => byte >= dropped ? 1 : 0));
  }
});
