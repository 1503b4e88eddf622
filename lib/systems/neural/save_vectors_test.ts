import assert from "node:assert/strict";
import { assertSameScores, histories, recommenders, target } from "../../../tests/systems/recommenders.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { readSafetensors } from "../../files/safetensors.ts";
import { isNetwork } from "../lab.ts";
import { saveVectors } from "./save_vectors.ts";

for (const { name, train } of recommenders) {
  Deno.test(`${name}: the products of its saved vectors are its scores, or it is refused`, () =>
    withTemporaryFolder(async (folder) => {
      const recommender = await train();
      const path = `${folder}/new/vectors.safetensors`;
      const queries = histories.map((indices) => ({ indices }));
      if (!isNetwork(recommender)) {
        await assert.rejects(saveVectors(recommender, path, queries), {
          name: "ParameterError",
          message: /^recommender: expected a trained network/,
        });
        return;
      }
      await saveVectors(recommender, path, queries);
      const { tensors: { items, sequences, "items.ids": ids }, metadata } = await readSafetensors(path);
      assert.deepEqual(JSON.parse(new TextDecoder().decode(ids.values)), target.itemIds);
      assert.equal(metadata.system, name);
      assert.equal(items.shape[0], target.itemIds.length);
      assert.deepEqual(sequences.shape, [histories.length, items.shape[1]]);
      const [width] = items.shape.slice(1);
      const products = histories.flatMap((_, row) =>
        target.itemIds.map((_, item) => {
          let product = 0;
          for (let at = 0; at < width; at++) {
            product += sequences.values[row * width + at] * items.values[item * width + at];
          }
          return product;
        })
      );
      assertSameScores(Float32Array.from(products), await recommender.score(histories), 1e-5);
    }));
}

Deno.test("without queries there are item vectors alone; an unknown item or an empty history is refused", () =>
  withTemporaryFolder(async (folder) => {
    const found = await Promise.all(recommenders.map(({ train }) => train()));
    const network = found.find(isNetwork)!;
    const path = `${folder}/vectors.safetensors`;
    await saveVectors(network, path);
    assert.deepEqual(Object.keys((await readSafetensors(path)).tensors).sort(), ["items", "items.ids"]);
    await assert.rejects(saveVectors(network, path, [{ items: ["nothing"] }]), {
      name: "ParameterError",
      message: /^query 0\.items\[0\]: .* found "nothing"/,
    });
    await assert.rejects(saveVectors(network, path, [{ items: [] }]), {
      name: "ParameterError",
      message: /^history 0: expected a history of at least one item/,
    });
  }));
