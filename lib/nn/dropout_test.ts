import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { assertGradients, derive, randomFloats } from "../../tests/check_gradients.ts";
import { engines } from "../../tests/compare_engines.ts";
import { dropout } from "./dropout.ts";

Deno.test("dropout keeps a value scaled up or makes it 0, alike on both engines", async () => {
  const x = randomFloats([20, 10]);
  const results = await Promise.all(
    Object.values(engines).map((engine) =>
      derive({ variables: { x }, compute: ({ x }, noise) => dropout(x, 0.5, noise) }, engine)
    ),
  );
  for (const { result } of results) {
    const kept = [...result].map((value, i) => {
      assert.ok(value === 0 || value === 2 * x.values[i]);
      return value !== 0;
    });
    assert.ok(kept.includes(true) && kept.includes(false));
  }
  assert.deepEqual(results[0], results[1]);
});

Deno.test("dropout's gradient passes where a value was kept", () =>
  assertGradients({
    variables: { x: randomFloats([3, 5]) },
    compute: ({ x }, noise) => dropout(tf.square(x), 0.3, noise),
  }));

Deno.test("without noise, or at rate 0, dropout gives back what it got and draws nothing", () => {
  const x = tf.tensor1d([1, 2]);
  assert.equal(dropout(x, 0.5, null), x);
  assert.equal(dropout(x, 0, { dropoutMask: () => assert.fail(), normal: () => assert.fail() }), x);
});
