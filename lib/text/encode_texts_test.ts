import assert from "node:assert/strict";
import { drawWeights, tinyShape } from "../../tests/random_bert/weights.ts";
import { writeBertFolder } from "../../tests/random_bert/write_folder.ts";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { type Domain, packSequences } from "../data/domain.ts";
import { DataError } from "../errors.ts";
import { encodeDomain, encodeWithWordDrop } from "./encode_domain.ts";
import { describeEncoding, encodeSources, encodeTexts } from "./encode_texts.ts";
import { withFeatures } from "./with_features.ts";
import { withWordDrop } from "./with_word_drop.ts";

const bare = (name: string, itemTexts: string[]): Domain => ({
  name,
  itemIds: itemTexts.map((_, item) => `${item}`),
  itemTexts,
  userIds: ["u"],
  sequences: packSequences([itemTexts.map((_, item) => item)]),
  features: null,
});
const toys = bare("Toys", ["red guitar string and a cat", "the cat shirt", "pro kit red cat"]);
const ready = { values: new Float32Array([1, 2, 3]), rows: 3, width: 1 };
const featured: Domain = { ...toys, name: "Games", features: ready, wordDropped: ready };

Deno.test("without a language model domains are what withFeatures and withWordDrop make of them", async () => {
  const domains = [toys, featured];
  assert.deepEqual(await encodeTexts(domains, { bertModel: null }), domains.map(withFeatures));
  assert.deepEqual(await encodeSources(domains, { bertModel: null }), domains.map(withWordDrop));
});

Deno.test("a language model encodes all texts anew, for sources with word drop, too", () =>
  withTemporaryFolder(async (folder) => {
    const bertModel = `${folder}/model`;
    await writeBertFolder(bertModel, tinyShape, drawWeights(tinyShape, 1, 0.3));
    const files: string[] = [];
    const encoding = {
      bertModel,
      folder: `${folder}/features`,
      observe: ({ done, total }: { done: number; total: number }, file: string) => {
        if (done === total) files.push(file);
      },
    };
    const options = { encoder: { model: bertModel }, folder: `${folder}/direct` };
    const expected = await encodeDomain(toys, options);
    const dropped = await encodeWithWordDrop(toys, options);
    assert.notDeepEqual(dropped, expected.features);

    const sources = await encodeSources([toys, featured], encoding);
    for (const source of sources) {
      assert.deepEqual([source.features, source.wordDropped], [expected.features, dropped]);
    }
    assert.deepEqual(files, ["Toys.feat1CLS", "Games.feat1CLS", "Toys.feat2CLS", "Games.feat2CLS"]);

    // what is kept is taken again, and features of the data set's own do not stay beside those of the model
    const [target] = await encodeTexts([featured], encoding);
    assert.deepEqual([target.features, target.wordDropped], [expected.features, null]);
    assert.equal(files.length, 4);
  }));

Deno.test("vectors that are kept of another data set of the same name are not taken for this one's", () =>
  withTemporaryFolder(async (folder) => {
    const bertModel = `${folder}/model`;
    await writeBertFolder(bertModel, tinyShape, drawWeights(tinyShape, 1, 0.3));
    const encode = (domain: Domain, features: string) =>
      encodeSources([domain], { bertModel, folder: `${folder}/${features}` });
    const other = bare("Toys", ["red kit", "the cat shirt", "a pro guitar"]);
    await encode(toys, "shared");
    assert.deepEqual(await encode(other, "shared"), await encode(other, "own"));
    assert.deepEqual(await encode(toys, "shared"), await encode(toys, "another"));
  }));

Deno.test("features without texts cannot be encoded anew", () =>
  withTemporaryFolder(async (folder) => {
    const encoding = { bertModel: `${folder}/model`, folder };
    await assert.rejects(
      encodeTexts([{ ...featured, itemTexts: null }], encoding),
      (error) => error instanceof DataError && /Games: expected item texts/.test(error.message),
    );
  }));

Deno.test("texts that were encoded offline are named", () => {
  const domains = [toys, featured].map(withFeatures);
  assert.match(describeEncoding(null, domains), /offline.*: \*\*Toys\*\*\.$/);
  assert.equal(describeEncoding(null, domains.slice(1)), "");
  assert.match(describeEncoding("../bert", domains), /by \.\.\/bert/);
});
