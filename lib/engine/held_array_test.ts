import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines } from "../../tests/compare_engines.ts";
import type { ArraySpec } from "./array_spec.ts";
import { releaseAll } from "./held_array.ts";
import { createOnnxEngine } from "./onnx_engine.ts";
import { webgpuProblem } from "./webgpu.ts";

const spec: ArraySpec = { shape: [2], type: "float32" };
const inputs = { total: spec, x: spec };
const add = ({ total, x }: Record<string, tf.Tensor>) => {
  const next = tf.add(total, x);
  return { total: next, sum: tf.sum(next) };
};

const tested = [
  ...Object.values(engines),
  ...(await webgpuProblem() === null ? [createOnnxEngine({ platform: "webgpu" })] : []),
];
for (const engine of tested) {
  Deno.test(`${engine.name}: what a run holds is what the next one takes`, async () => {
    const program = await engine.compileHolding(add, inputs, ["total"]);
    const x = Float32Array.of(1, -2);
    let { total } = await engine.hold({ total: Float32Array.of(10, 20) }, inputs);
    for (let run = 1; run <= 4; run++) {
      const { arrays, held } = await program.run({ total, x });
      assert.deepEqual(arrays, { sum: Float32Array.of(30 - run) });
      assert.deepEqual(held.total.spec, spec);
      total.release();
      total = held.total;
    }
    const read = await engine.read({ total });
    assert.deepEqual(read, { total: Float32Array.of(14, 12) });
    const { held } = await program.run({ total, x });
    releaseAll({ total });
    await program.run({ total: held.total, x });
    assert.deepEqual(read.total, Float32Array.of(14, 12), "a copy");
    const { held: old } = await program.run({ total: held.total, x });
    releaseAll(old);
    releaseAll(old);
    const [{ held: one }, { held: other }] = [
      await program.run({ total: held.total, x }),
      await program.run({ total: held.total, x: Float32Array.of(0, 0) }),
    ];
    assert.notDeepEqual(await engine.read(one), await engine.read(other), "released twice, free once");
    await program.release();
  });

  Deno.test(`${engine.name}: a held array may be given and held on, also after one of both is released`, async () => {
    const both = await engine.compileHolding(({ x }) => ({ same: x, again: x }), { x: spec }, [
      "same",
      "again",
    ]);
    const { x } = await engine.hold({ x: Float32Array.of(3, 4) }, { x: spec });
    const { held } = await both.run({ x });
    x.release();
    held.same.release();
    assert.deepEqual(await engine.read({ again: held.again }), { again: Float32Array.of(3, 4) });
    held.again.release();
    await both.release();
  });

  Deno.test(`${engine.name}: integers are held, too, and arrays that do not fit are refused by name`, async () => {
    const int: ArraySpec = { shape: [2, 1], type: "int32" };
    const held = await engine.hold({ i: Int32Array.of(-5, 7), x: Float32Array.of(1, 2) }, {
      i: int,
      x: spec,
    });
    assert.deepEqual(await engine.read(held), { i: Int32Array.of(-5, 7), x: Float32Array.of(1, 2) });
    await assert.rejects(engine.hold({ i: Float32Array.of(1, 2) }, { i: int }), {
      name: "EngineError",
      message: /^array i: expected int32 numbers of shape \[2,1\], but found Float32Array of 2/,
    });
    const program = await engine.compile(({ total, x }) => ({ y: tf.add(total, x) }), inputs);
    await assert.rejects(program.run({ total: held.i, x: held.x }), {
      name: "EngineError",
      message: /^input total: .* but found a held array of int32 numbers of shape \[2,1\]/,
    });
    releaseAll(held);
    await program.release();
  });
}
