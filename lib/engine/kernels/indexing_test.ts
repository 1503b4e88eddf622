import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines } from "../../../tests/compare_engines.ts";
import { createGenerator, integer, normals } from "../../random.ts";

const rows = 20_000;
const width = 16;

for (const segments of [5, 300, 4385]) {
  Deno.test(`the sum of ${rows} rows into ${segments} segments has the same bits each time, and loses nothing`, async () => {
    const generator = createGenerator(segments);
    // squared: low numbers are much more frequent, as popular items are
    const ids = Int32Array.from(
      { length: rows },
      () => Math.floor((integer(generator, 1000) / 1000) ** 2 * segments),
    );
    const values = normals(generator, rows * width);
    const expected = new Float64Array(segments * width);
    values.forEach((value, at) => expected[ids[Math.floor(at / width)] * width + at % width] += value);

    const program = await engines.compiled.compile(
      ({ values, ids }) => ({ sums: tf.unsortedSegmentSum(values, ids as tf.Tensor1D, segments) }),
      { values: { shape: [rows, width], type: "float32" }, ids: { shape: [rows], type: "int32" } },
    );
    const { sums } = await program.run({ values, ids });
    for (let i = 0; i < expected.length; i++) {
      assert.ok(Math.abs(sums[i] - expected[i]) <= 1e-4 * Math.max(1, Math.abs(expected[i])), `sum ${i}`);
    }
    for (let repeat = 0; repeat < 20; repeat++) {
      assert.deepEqual((await program.run({ values, ids })).sums, sums);
    }
    await program.release();
  });
}

Deno.test("gathering in batches is refused, not done wrongly", async () => {
  await assert.rejects(
    engines.compiled.compile(
      ({ x, indices }) => ({ y: tf.gather(x, indices as tf.Tensor1D, 1, 1) }),
      { x: { shape: [2, 3], type: "float32" }, indices: { shape: [2, 2], type: "int32" } },
    ),
    { name: "EngineError", message: /^kernel GatherV2: expected batchDims 0, but found 1/ },
  );
});
