import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { readRecommenderFile, type SavedRecommender, saveRecommenderFile } from "./recommender_file.ts";
import { readSafetensors, type SavedTensor, writeSafetensors } from "./safetensors.ts";

const saved: SavedRecommender = {
  card: {
    system: "SASRec",
    version: "1.2.3",
    settings: { hiddenSize: 2 },
    encoder: null,
    data: { name: "Toys", users: 1 },
    training: { seed: 1 },
    metrics: { test: { "NDCG@10": 0.5 } },
  },
  itemIds: ["a", "Ü 2"],
  popularity: Int32Array.of(3, 0),
  tensors: { "parameters/bias": { shape: [2], values: Float32Array.of(1, -1) } },
};

Deno.test("a recommender's file gives back what was saved, in a folder that is made", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/a/b.safetensors`;
    await saveRecommenderFile(path, saved);
    assert.deepEqual(await readRecommenderFile(path), saved);
    const probe = { history: Int32Array.of(1), scores: Float32Array.of(0.5, 2) };
    await saveRecommenderFile(path, { ...saved, probe });
    assert.deepEqual(await readRecommenderFile(path), { ...saved, probe });
  }));

Deno.test("tensors with a reserved name, and numbers that are not finite, are not saved", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/x.safetensors`;
    const tensors = { "items.ids": { shape: [1], values: Float32Array.of(1) } };
    await assert.rejects(saveRecommenderFile(path, { ...saved, tensors }), {
      name: "ParameterError",
      message: /^tensor items\.ids of SASRec: /,
    });
    const card = { ...saved.card, metrics: { test: NaN } };
    await assert.rejects(saveRecommenderFile(path, { ...saved, card }), { name: "ParameterError" });
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("files that are no recommender's, or damaged, are refused by path and what is wrong", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/x.safetensors`;
    const refused = (message: RegExp) =>
      assert.rejects(readRecommenderFile(path), { name: "CheckpointError", message });
    await refused(/x\.safetensors: expected a safetensors file, but found no file/);
    await writeSafetensors(path, {}, { "model card": "{}" });
    await refused(/expected a recommender that save\(\) wrote, but found a pre-trained model/);
    await writeSafetensors(path, {}, {});
    await refused(/but found tensors of another kind/);

    await saveRecommenderFile(path, saved);
    const { tensors, metadata } = await readSafetensors(path);
    const write = async (changes: Record<string, SavedTensor>, card = metadata.recommender) =>
      await writeSafetensors(path, { ...tensors, ...changes }, { recommender: card });
    const ids = (text: string): SavedTensor => {
      const values = new TextEncoder().encode(text);
      return { shape: [values.length], values };
    };
    await write({ "items.ids": ids('["a", 2]') });
    await refused(/items\.ids: expected a list of IDs, each once/);
    await write({ "items.ids": ids('["a", "a"]') });
    await refused(/items\.ids: expected a list of IDs, each once/);
    await write({ "items.ids": ids('["a"') });
    await refused(/items\.ids/);
    await write({ "items.popularity": { shape: [1], values: Int32Array.of(1) } });
    await refused(
      /items\.popularity: expected a count of at least 0 for each of the 2 items, but found 1 numbers/,
    );
    await write({ "items.popularity": { shape: [2], values: Float32Array.of(1, 2) } });
    await refused(/items\.popularity/);
    await write({}, '{"system":"SASRec"}');
    await refused(/metadata "recommender"/);
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, bytes.length - 3));
    await refused(/x\.safetensors/);
  }));
