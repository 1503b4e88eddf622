import assert from "node:assert/strict";
import { assertClose } from "../../../tests/golden.ts";
import { createEagerEngine } from "../../engine/eager_engine.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { createGenerator, normals } from "../../random.ts";
import { contrastiveLosses, type FalseNegatives, falseNegatives } from "./contrast.ts";

const [count, hidden] = [6, 3];
const generator = createGenerator(4);
const arrays = {
  queries: normals(generator, count * hidden, 2),
  positives: normals(generator, count * hidden),
  // instances 0 and 3 have one target, 1 and 4 one user, 5 is padding
  targets: Int32Array.of(7, 1, 2, 7, 3, 4),
  users: Int32Array.of(0, 1, 2, 3, 1, 5),
  weights: Float32Array.of(0.2, 0.2, 0.2, 0.2, 0.2, 0),
};

/** The instances' losses as the equation says them, in double precision. */
function expectedLosses(treatment: FalseNegatives): number[] {
  const { queries, positives, targets, users, weights } = arrays;
  const logit = (i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < hidden; k++) sum += queries[i * hidden + k] * positives[j * hidden + k];
    return sum;
  };
  return Array.from({ length: count - 1 }, (_, i) => {
    let denominator = 0;
    for (let j = 0; j < count; j++) {
      if (weights[j] === 0 && j !== i) continue;
      const isFalse = j !== i && (targets[i] === targets[j] || users[i] === users[j]);
      if (!isFalse) denominator += Math.exp(logit(i, j));
      else if (treatment === "zero logit") denominator += 1;
    }
    return -Math.log(Math.exp(logit(i, i)) / denominator);
  });
}

for (const engine of [createOnnxEngine({ threads: 1 }), createEagerEngine("cpu")]) {
  for (const treatment of ["leave out", "zero logit"] as const) {
    Deno.test(`contrastive losses are the equation's on ${engine.name}, false negatives: ${treatment}`, async () => {
      const program = await engine.compile(
        ({ queries, positives, targets, users, weights }) => ({
          losses: contrastiveLosses(queries, positives, falseNegatives(targets, users), weights, treatment),
        }),
        {
          queries: { shape: [count, hidden], type: "float32" },
          positives: { shape: [count, hidden], type: "float32" },
          targets: { shape: [count], type: "int32" },
          users: { shape: [count], type: "int32" },
          weights: { shape: [count], type: "float32" },
        },
      );
      const { losses } = await program.run(arrays);
      assertClose(losses.subarray(0, count - 1), expectedLosses(treatment), "losses", 1e-5);
      await program.release();
    });
  }
}

Deno.test("false negatives share a label, and nobody is one of their own", async () => {
  const program = await createOnnxEngine({ threads: 1 }).compile(
    ({ targets, users }) => ({ pairs: falseNegatives(targets, users) }),
    { targets: { shape: [count], type: "int32" }, users: { shape: [count], type: "int32" } },
  );
  const { pairs } = await program.run({ targets: arrays.targets, users: arrays.users });
  const marked = [...pairs.keys()].filter((at) => pairs[at] === 1).map((
    at,
  ) => [Math.floor(at / count), at % count]);
  assert.deepEqual(marked, [[0, 3], [1, 4], [3, 0], [4, 1]]);
  await program.release();
});
