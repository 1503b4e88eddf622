import * as tf from "@tensorflow/tfjs";
import { derive, differentiate, type Point, randomFloats } from "../../tests/check_gradients.ts";
import { engines } from "../../tests/compare_engines.ts";
import { assertClose } from "../../tests/golden.ts";
import { reverseGradient } from "./reverse_gradient.ts";

Deno.test("the value stays, and what lies before it has the other gradient, what lies behind it its own", async () => {
  const weight = 0.3;
  const pointOf = (middle: (x: tf.Tensor) => tf.Tensor): Point => ({
    variables: { before: randomFloats([3, 4]), behind: randomFloats([4, 2], 2) },
    compute: ({ before, behind }) => tf.square(tf.matMul(middle(tf.tanh(before)), behind)),
  });
  const plain = pointOf((x) => x);
  for (const engine of Object.values(engines)) {
    const expected = await differentiate(plain, engine);
    const found = await derive(pointOf((x) => reverseGradient(x, weight)), engine);
    assertClose(found.result, (await derive(plain, engine)).result, engine.name, 1e-6);
    assertClose(found["gradient/behind"], expected["gradient/behind"], engine.name, 2e-3, 2e-5);
    const reversed = expected["gradient/before"].map((value) => -weight * value);
    assertClose(found["gradient/before"], reversed, engine.name, 2e-3, 2e-5);
  }
});
