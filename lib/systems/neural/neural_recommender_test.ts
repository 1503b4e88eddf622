import assert from "node:assert/strict";
import { assertSameScores, histories, shortOptions, target } from "../../../tests/systems/recommenders.ts";
import { engine } from "../../../tests/systems/train_system.ts";
import type { SavedRecommender } from "../../files/recommender_file.ts";
import { ranksOf } from "../../evaluation/metrics.ts";
import type { TrainedRecommender } from "../system.ts";
import { sasrec } from "../sasrec/system.ts";
import { unisrecInductive } from "../unisrec/system.ts";

const place = { engine, runs: null };
const options = { ...shortOptions, sources: [] };
const ofIds = await (await sasrec.plan(target, options)).train(place);
const ofTexts = await (await unisrecInductive.plan(target, options)).train(place);

/** Opens what a recommender writes, with something changed. */
const openWith = (recommender: TrainedRecommender, changes: Partial<SavedRecommender>) => {
  const system = recommender === ofIds ? sasrec : unisrecInductive;
  return system.open({ ...recommender.toFile(), ...changes }, engine, null);
};

/** Returns a recommender's tensors, the first of a name that ends so with something changed. */
function tensorsWith(
  recommender: TrainedRecommender,
  ending: string,
  change: (values: Float32Array) => void,
) {
  const { tensors } = recommender.toFile();
  const name = Object.keys(tensors).find((name) => name.endsWith(ending))!;
  const values = (tensors[name].values as Float32Array).slice();
  change(values);
  return { ...tensors, [name]: { ...tensors[name], values } };
}

Deno.test("a file that is not the model's is refused: sizes, missing parameters, numbers that are none", async () => {
  const refused = (recommender: TrainedRecommender, changes: Partial<SavedRecommender>, message: RegExp) =>
    assert.rejects(async () => await openWith(recommender, changes), { name: "CheckpointError", message });
  const { tensors, card } = ofIds.toFile();
  const { ["parameters/positions.embedding"]: _, ...fewer } = tensors;
  await refused(
    ofIds,
    { tensors: fewer },
    /^parameters of SASRec: [^]*positions\.embedding/,
  );
  await refused(ofIds, { tensors: { ...tensors, more: tensors["parameters/input.norm.gain"] } }, /more/);
  const settings = { ...card.settings, hiddenSize: 8 };
  await refused(
    ofIds,
    { card: { ...card, settings } },
    /positions\.embedding: saved \[8, 16\], expected \[8, 8\]/,
  );
  const broken = tensorsWith(ofIds, "input.norm.gain", (values) => values[3] = NaN);
  await refused(
    ofIds,
    { tensors: broken },
    /^parameter input\.norm\.gain of SASRec: expected finite numbers/,
  );
  const infinite = tensorsWith(ofTexts, "features", (values) => values[3] = Infinity);
  await refused(ofTexts, { tensors: infinite }, /^features of UniSRec t: expected finite numbers/);
  const { features, ...without } = ofTexts.toFile().tensors;
  await refused(
    ofTexts,
    { tensors: without },
    /^settings of UniSRec t, featureSize: expected a positive integer, but found undefined/,
  );
  await refused(ofIds, { tensors: { ...tensors, features } }, /^features of SASRec: expected none/);
  const short = { shape: [29, 12], values: (features.values as Float32Array).subarray(12) };
  await refused(
    ofTexts,
    { tensors: { ...without, features: short } },
    /a row of numbers for each of the 30 items/,
  );
});

Deno.test("new items need features of the others' kind", async () => {
  const refused = (features: object, message: RegExp) =>
    assert.rejects(
      ofTexts.withItems!({ ids: ["new"], features: { ...target.features!, rows: 1, ...features } }),
      { name: "DataError", message },
    );
  await refused({ width: 11, values: new Float32Array(11).fill(1) }, /expected 1 rows of 12 numbers/);
  await refused({ values: new Float32Array(12).fill(1), encoder: "offline" }, /the encoder|found offline/);
  await refused({ values: new Float32Array(12) }, /text features of UniSRec t, row 30/);
});

Deno.test("histories give the same scores and ranks in batches of every size", async () => {
  const many = Array.from({ length: 40 }, (_, at) => histories[at % histories.length]);
  const targets = Int32Array.from(many, (_, at) => at % 30);
  const expected = (await ofTexts.score(histories)).slice();
  for (const size of [1, 2, 15, 16, 17, 40]) {
    const some = many.slice(0, size);
    const scores = await ofTexts.score(some);
    some.forEach((_, at) => {
      const row = at % histories.length;
      assertSameScores(
        scores.subarray(at * 30, (at + 1) * 30),
        expected.subarray(row * 30, (row + 1) * 30),
        1e-5,
      );
    });
    assert.deepEqual(
      await ofTexts.rank(some, targets.subarray(0, size)),
      ranksOf(scores, targets.subarray(0, size), 30),
    );
  }
  assert.deepEqual(await ofTexts.score([]), new Float32Array());
});

Deno.test("of a long history the last items are read", async () => {
  const long = Int32Array.from({ length: 30 }, (_, at) => (at * 7) % 30);
  assert.deepEqual(await ofIds.score([long]), await ofIds.score([long.subarray(-8)]));
  assert.notDeepEqual(await ofIds.score([long]), await ofIds.score([long.subarray(-7)]));
});
