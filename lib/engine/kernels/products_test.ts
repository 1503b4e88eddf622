import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines } from "../../../tests/compare_engines.ts";

Deno.test("a product with a fused activation is refused, not recorded without it", async () => {
  await assert.rejects(
    engines.compiled.compile(
      ({ a, b }) => ({
        y: tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, activation: "relu" }),
      }),
      { a: { shape: [2, 3], type: "float32" }, b: { shape: [3, 2], type: "float32" } },
    ),
    { name: "EngineError", message: /^kernel _FusedMatMul: expected activation "linear", but found "relu"/ },
  );
});
