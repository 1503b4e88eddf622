import assert from "node:assert/strict";
import { drawWeights, tinyShape } from "../../tests/random_bert/weights.ts";
import { writeBertFolder } from "../../tests/random_bert/write_folder.ts";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { type Domain, packSequences } from "../data/domain.ts";
import { DataError } from "../errors.ts";
import { encodeDomain, encodeWithWordDrop } from "./encode_domain.ts";
import { checkOneEncoder } from "./one_encoder.ts";
import { dropWords } from "./word_drop.ts";

const domain: Domain = {
  name: "Toys",
  itemIds: ["a", "b", "c"],
  itemTexts: ["red guitar string", "the cat shirt", "pro kit red cat"],
  userIds: ["u"],
  sequences: packSequences([[0, 1, 2]]),
  features: null,
};

Deno.test("a language model's vectors are kept in feature files, with and without word drop", () =>
  withTemporaryFolder(async (folder) => {
    await writeBertFolder(`${folder}/model`, tinyShape, drawWeights(tinyShape, 1, 0.3));
    const reports: number[] = [];
    const options = {
      encoder: { model: `${folder}/model` },
      folder: `${folder}/features`,
      observe: ({ done }: { done: number }) => void reports.push(done),
    };
    const { features } = await encodeDomain(domain, options);
    assert.deepEqual([features.rows, features.width], [3, tinyShape.hidden]);
    const file = await Deno.readFile(`${folder}/features/Toys.feat1CLS`);
    assert.deepEqual(new Float32Array(file.buffer), features.values);
    const encoded = reports.slice();
    assert.equal(encoded.at(-1), 3);
    assert.deepEqual((await encodeDomain(domain, options)).features, features);
    assert.deepEqual(reports, encoded); // the second time nothing was left to encode

    const dropped = await encodeWithWordDrop(domain, options, { ratio: 0.6, seed: 1 });
    const direct = await encodeDomain(
      { ...domain, itemTexts: dropWords(domain.itemTexts!, { ratio: 0.6, seed: 1 }) },
      { ...options, folder: `${folder}/other` },
    );
    assert.deepEqual(dropped, direct.features);
    assert.notDeepEqual(dropped, features);
    await Deno.stat(`${folder}/features/Toys.feat2CLS`);
  }));

Deno.test("features of two language models are told apart, those of one are not, wherever it lies", () =>
  withTemporaryFolder(async (folder) => {
    const encodedBy = async (model: string, seed: number) => {
      await writeBertFolder(`${folder}/${model}`, tinyShape, drawWeights(tinyShape, seed, 0.3));
      return await encodeDomain(domain, {
        encoder: { model: `${folder}/${model}` },
        folder: `${folder}/features of ${model}`,
      });
    };
    const [one, copy, other] = [
      await encodedBy("one", 1),
      await encodedBy("copy", 1),
      await encodedBy("other", 2),
    ];
    checkOneEncoder([one, copy]);
    assert.throws(() => checkOneEncoder([one, other]), /one text encoder/);
  }));

Deno.test("a domain without texts is an error that names it", async () => {
  await assert.rejects(
    encodeDomain({ ...domain, itemTexts: null }, { encoder: {}, folder: "unused" }),
    (error) => error instanceof DataError && /Toys/.test(error.message),
  );
});
