import assert from "node:assert/strict";
import * as ort from "onnxruntime-node";
import { assertSameScores, histories, recommenders } from "../../../tests/systems/recommenders.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { ModelProto } from "../../engine/onnx_schema.ts";
import { isNetwork } from "../lab.ts";
import { saveOnnx } from "./save_onnx.ts";

for (const { name, train } of recommenders) {
  Deno.test(`${name}: its .onnx file gives its scores to ONNX Runtime alone, or it is refused`, () =>
    withTemporaryFolder(async (folder) => {
      const recommender = await train();
      const path = `${folder}/new/model.onnx`;
      if (!isNetwork(recommender)) {
        await assert.rejects(saveOnnx(recommender, path), {
          name: "ParameterError",
          message: /^recommender: expected a trained network/,
        });
        return;
      }
      await saveOnnx(recommender, path);
      const session = await ort.InferenceSession.create(path);
      const length = lengthOf(path);
      const items = recommender.itemIds.length;
      const run = async (rows: number[][]) => {
        const padded = Int32Array.from(
          rows.flatMap((row) => Array.from({ length }, (_, at) => row[at] ?? -1)),
        );
        const { scores } = await session.run({
          histories: new ort.Tensor("int32", padded, [rows.length, length]),
        });
        assert.deepEqual(scores.dims, [rows.length, items]);
        return scores.data as Float32Array;
      };
      const rows = histories.map((history) => [...history.slice(-length)]);
      const expected = (await recommender.score(histories)).slice();
      assertSameScores(await run(rows), expected, 1e-5);
      assertSameScores(await run(rows.slice(0, 1)), expected.subarray(0, items), 1e-5); // another batch size
      // no history, one with a hole and unknown items give no number that could be taken for a score
      const broken = await run([[], [3, -1, 4], [3, items], [items + 7], [-2], rows[0]]);
      assert.ok(broken.subarray(0, 5 * items).every(Number.isNaN));
      assertSameScores(broken.subarray(5 * items), expected.subarray(0, items), 1e-5);
      await session.release();
    }));
}

/** Returns how many items of a history a saved model reads; asserts that the file says what it is. */
function lengthOf(path: string): number {
  const { opsetImport, metadataProps } = ModelProto.toObject(
    ModelProto.decode(Deno.readFileSync(path)),
    { longs: Number, defaults: true },
  );
  assert.deepEqual(opsetImport, [{ domain: "", version: 17 }]);
  const metadata = Object.fromEntries(
    metadataProps.map(({ key, value }: { key: string; value: string }) => [key, value]),
  );
  assert.equal(metadata.padding, "-1");
  assert.equal(JSON.parse(metadata.item_ids)[2], "Target item 2");
  return Number(metadata.length);
}
