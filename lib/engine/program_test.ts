// What every engine's programs do alike.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines, runOnce } from "../../tests/compare_engines.ts";
import type { ArraySpec } from "./array_spec.ts";

const spec: ArraySpec = { shape: [2], type: "float32" };
const x = Float32Array.of(1, -2);

for (const engine of Object.values(engines)) {
  Deno.test(`${engine.name}: outputs may be inputs, constants, or the same tensor twice`, async () => {
    const found = await runOnce(
      engine,
      ({ x }) => {
        const y = tf.neg(x);
        return { x, y, again: y, seven: tf.scalar(7), twos: tf.fill([2, 2], 2) };
      },
      { x: spec, unused: spec },
      { x, unused: x },
    );
    assert.deepEqual(found, {
      x,
      y: Float32Array.of(-1, 2),
      again: Float32Array.of(-1, 2),
      seven: Float32Array.of(7),
      twos: new Float32Array(4).fill(2),
    });
    found.x[0] = 100;
    assert.equal(x[0], 1, "a result is not the input's own array");
  });

  Deno.test(`${engine.name}: results are written into the arrays that are given for them`, async () => {
    const program = await engine.compile(({ x }) => ({ y: tf.neg(x), z: tf.abs(x) }), { x: spec });
    const y = new Float32Array(2);
    const found = await program.run({ x }, { y });
    assert.equal(found.y, y);
    assert.deepEqual(found, { y: Float32Array.of(-1, 2), z: Float32Array.of(1, 2) });
    await program.release();
  });

  Deno.test(`${engine.name}: a program says what it takes and gives`, async () => {
    const program = await engine.compile(
      ({ x }) => ({ sum: tf.sum(x), at: tf.cast(x, "int32") }),
      { x: spec },
    );
    assert.deepEqual(program.inputs, { x: spec });
    assert.deepEqual(program.noise, []);
    assert.deepEqual(program.outputs, {
      sum: { shape: [], type: "float32" },
      at: { shape: [2], type: "int32" },
    });
    await program.release();
  });

  Deno.test(`${engine.name}: missing and unfit arrays are refused by name, and nothing is computed`, async () => {
    const program = await engine.compile(
      ({ x }, noise) => ({ y: tf.mul(x, noise.normal([2])) }),
      { x: spec },
    );
    const noise = { "noise/0": new Float32Array(2) };
    const y = new Float32Array(2).fill(5);
    const refused = (run: Promise<unknown>, message: RegExp) =>
      assert.rejects(run, { name: "EngineError", message });
    await refused(
      program.run({ ...noise }, { y }),
      /^input x: expected float32 numbers of shape \[2\], but found nothing/,
    );
    await refused(program.run({ x, y }), /^input noise\/0: .* found nothing/);
    await refused(
      program.run({ x: new Float32Array(3), ...noise }, { y }),
      /^input x: .* found Float32Array of 3/,
    );
    await refused(
      program.run({ x: new Int32Array(2), ...noise }, { y }),
      /^input x: .* found Int32Array of 2/,
    );
    await refused(program.run({ x, ...noise }, { y: new Float32Array(4) }), /^output y: .* of 4/);
    assert.deepEqual(y, new Float32Array(2).fill(5));
    await program.release();
  });

  Deno.test(`${engine.name}: programs may be compiled and run side by side`, async () => {
    const found = await Promise.all(
      [1, 2, 3, 4].map((factor) =>
        runOnce(engine, ({ x }) => ({ y: tf.mul(x, factor) }), { x: spec }, { x })
      ),
    );
    assert.deepEqual(found.map(({ y }) => [...y]), [[1, -2], [2, -4], [3, -6], [4, -8]]);
  });
}
