import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines } from "../../tests/compare_engines.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import { lossAndGradients, stepInputs, trainableNames, trainingStep } from "./step.ts";

const specs: ParameterSpecs = {
  "encoder.kernel": { shape: [2], initial: "normal" },
  "encoder.bias": { shape: [2], initial: "zeros" },
  "adaptor.kernel": { shape: [2], initial: "normal" },
};

Deno.test("parameters whose name starts with a frozen prefix are not trainable", () => {
  assert.deepEqual(trainableNames(specs), Object.keys(specs));
  assert.deepEqual(trainableNames(specs, ["encoder."]), ["adaptor.kernel"]);
  assert.deepEqual(trainableNames(specs, ["encoder.bias", "adaptor.kernel"]), ["encoder.kernel"]);
  assert.deepEqual(trainableNames(specs, ["kernel"]), Object.keys(specs));
});

Deno.test("a step takes all parameters, but Adam's state of the trainable ones only", () => {
  const inputs = stepInputs(specs, ["adaptor.kernel"], { batch: { shape: [5], type: "int32" } });
  assert.deepEqual(Object.keys(inputs).sort(), [
    "adam/epsilon",
    "adam/first/adaptor.kernel",
    "adam/second/adaptor.kernel",
    "adam/stepSize",
    "batch",
    "parameters/adaptor.kernel",
    "parameters/encoder.bias",
    "parameters/encoder.kernel",
  ]);
});

Deno.test("a step with nothing to train is refused", () => {
  assert.throws(() => trainingStep(() => ({ loss: tf.scalar(0) }), specs, []), {
    name: "EngineError",
    message: /^trainable parameters: expected at least one, but found none/,
  });
});

for (const engine of Object.values(engines)) {
  Deno.test(`all losses and the trainable parameters' gradients are returned on ${engine.name}`, async () => {
    const spec = { shape: [2], type: "float32" } as const;
    const program = await engine.compile(
      ({ a, b }, noise) => {
        const loss = ({ a, b }: Record<string, tf.Tensor>) => {
          const [first, second] = [tf.sum(tf.mul(a, b)), tf.sum(tf.square(a))];
          return { loss: tf.add(first, second), first, second };
        };
        const { losses, gradients } = lossAndGradients(loss, { a, b }, ["a"], {}, noise);
        return { ...losses, ...gradients };
      },
      { a: spec, b: spec },
    );
    const found = await program.run({ a: Float32Array.of(1, 2), b: Float32Array.of(10, 20) });
    await program.release();
    assert.deepEqual(found, {
      loss: Float32Array.of(55),
      first: Float32Array.of(50),
      second: Float32Array.of(5),
      a: Float32Array.of(12, 24),
    });
  });
}
