import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { smallDomain } from "../../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { type Domain, type FeatureTable, packSequences } from "../../data/domain.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { createS3RecPretraining } from "./model.ts";
import type { EncoderConfig } from "../../nn/transformer_encoder.ts";
import { initialiseParameters } from "../../nn/parameters.ts";
import { createGenerator, integer, uniform } from "../../random.ts";
import { s3RecObjective } from "./batches.ts";
import { s3RecPredictions } from "./loss.ts";
import { parameterInputs, parametersOf, stepNames } from "../../training/step.ts";
import { type PretrainingOptions, runPretraining } from "../pretraining/pretraining.ts";
import { planS3Rec } from "./pretrain.ts";
import { s3rec } from "./system.ts";
import { trainModel } from "../neural/train_model.ts";

const engine = createOnnxEngine({ threads: 1 });
const sizes = { hiddenSize: 24, innerSize: 16, maxLength: 8, dropout: 0.1 };

/** Six items of a theme follow each other in a circle, and every user keeps to one of five themes. */
function themedDomain(users: number, seed: number): Domain & { features: FeatureTable } {
  const generator = createGenerator(seed);
  const sequences = Array.from({ length: users }, () => {
    const theme = 6 * integer(generator, 5);
    let place = integer(generator, 6);
    return Int32Array.from({ length: 5 + integer(generator, 6) }, () => {
      place = uniform(generator) < 0.9 ? (place + 1) % 6 : integer(generator, 6);
      return theme + place;
    });
  });
  const small = smallDomain({ users });
  return { ...small, features: small.features!, sequences: packSequences(sequences) };
}

const domain = themedDomain(200, 11);
const items = domain.itemIds.length;
const { features } = domain;
const options = { learningRate: 2e-3, batchSize: 64, epochs: 80, patience: 80, seed: 1 };
const short = { ...options, epochs: 3 };

/** Pre-trains S3-Rec on a target. */
const pretrain = async (target: Domain, sizes: Partial<EncoderConfig>, options: PretrainingOptions) =>
  await runPretraining(engine, planS3Rec([], sizes, options, target));

const trained = await pretrain(domain, sizes, options);

/** Returns how often each task is solved (an attribute is among the first three) on sequences of users of another draw. */
async function accuracies(
  parameters: Arrays,
): Promise<Record<"maskedItem" | "maskedAttribute" | "segment", number>> {
  const model = createS3RecPretraining(items, features.width, sizes);
  const { inputs, constants, batches } = s3RecObjective(model, themedDomain(60, 12), 128, sizes.maxLength);
  const program = await engine.compile((given) => {
    const { queries, attributes, maskedItem, segment } = s3RecPredictions(
      model,
      parametersOf(model.parameters, given),
      given,
      null,
    );
    const isRight = ({ positive, negative }: typeof segment) =>
      tf.cast(tf.greater(positive, negative), "float32");
    const scores = tf.matMul(queries, attributes, false, true);
    return { scores, maskedItem: isRight(maskedItem), segment: isRight(segment) };
  }, { ...parameterInputs(model.parameters), ...inputs });
  const named = Object.entries(parameters).map(([name, values]) => [stepNames.parameter(name), values]);
  const generator = createGenerator(7);
  const right = { maskedItem: 0, maskedAttribute: 0, segment: 0 };
  const asked = { maskedItem: 0, maskedAttribute: 0, segment: 0 };
  for (const batch of [0, 1, 2].flatMap(() => batches(generator))) {
    const arrays = batch.arrays(generator);
    const found = await program.run({ ...Object.fromEntries(named), ...constants, ...arrays });
    for (let i = 0; i < arrays.targets.length; i++) {
      if (arrays.endWeights[i] > 0) {
        asked.segment++;
        right.segment += found.segment[i];
      }
      if (arrays.maskedWeights[i] === 0) continue;
      asked.maskedItem++;
      right.maskedItem += found.maskedItem[i];
      asked.maskedAttribute++;
      const scores = found.scores.subarray(i * items, (i + 1) * items) as Float32Array;
      const better = scores.filter((score) => score > scores[arrays.targets[i]]).length;
      right.maskedAttribute += better < 3 ? 1 : 0;
    }
  }
  await program.release();
  return {
    maskedItem: right.maskedItem / asked.maskedItem,
    maskedAttribute: right.maskedAttribute / asked.maskedAttribute,
    segment: right.segment / asked.segment,
  };
}

Deno.test("pre-training solves its tasks on users it never saw, well above chance", async () => {
  const model = createS3RecPretraining(items, features.width, sizes);
  const before = await accuracies(initialiseParameters(model.parameters, createGenerator(1)));
  assert.ok(before.maskedItem < 0.6 && before.maskedAttribute < 5 / items && before.segment < 0.6);
  const after = await accuracies(trained.parameters);
  const found = JSON.stringify(after);
  assert.ok(after.maskedItem > 0.75, found); // by chance 0.5
  assert.ok(after.maskedAttribute > 8 / items, found); // by chance 3 / items
  assert.ok(after.segment > 0.6, found); // by chance 0.5
});

Deno.test("attributes start at their share, not at one half: nothing has to be pushed down first", async () => {
  const many = smallDomain({ items: 600 });
  const { curve: [{ parts }] } = await pretrain(many, sizes, { ...options, epochs: 1 });
  const perItem = parts.associatedAttribute + parts.maskedAttribute; // every item is seen or masked
  assert.ok(perItem < 1.2 * (Math.log(600) + 1), `${perItem}`); // a half each would be 600 · log 2 at the start
});

Deno.test("what is kept are the fine-tuned model's parameters, of the epoch with the lowest loss", () => {
  const model = s3rec.createModel(domain, sizes);
  const { pretrained, curve, best } = trained;
  assert.deepEqual(Object.keys(pretrained.tensors), Object.keys(model.parameters));
  for (const [name, { values }] of Object.entries(pretrained.tensors)) {
    assert.deepEqual(values, trained.parameters[name], name);
  }
  const { card } = pretrained;
  assert.equal(card!.result.loss, curve[best.epoch].loss);
  assert.equal(card!.result.loss, Math.min(...curve.map(({ loss }) => loss)));
});

Deno.test("after ten epochs of fine-tuning, who was pre-trained is ahead", async () => {
  const model = s3rec.createModel(domain, sizes);
  const fineTuning = { learningRate: 1e-3, batchSize: 64, epochs: 10, seed: 1 };
  const start = trained.pretrained;
  const prepared = await trainModel(engine, model, domain, { ...fineTuning, start });
  const random = await trainModel(engine, model, domain, fineTuning);
  const gain = prepared.test.means["NDCG@10"] - random.test.means["NDCG@10"];
  assert.ok(gain > 0.03, `gain ${gain}`);
});

Deno.test("a run interrupted within an epoch goes on to the same parameters, and the seed decides", () =>
  withTemporaryFolder(async (runs) => {
    const kept = { ...short, checkpointMinutes: 0 };
    const uninterrupted = await pretrain(domain, sizes, short);
    const stop = new Error("interrupted");
    const observer = {
      step({ epoch, batch }: { epoch: number; batch: number }) {
        if (epoch === 1 && batch === 3) throw stop;
      },
    };
    await assert.rejects(pretrain(domain, sizes, { ...kept, runs, observer }), stop);
    const resumed = await pretrain(domain, sizes, { ...kept, runs });
    assert.deepEqual(resumed.pretrained, uninterrupted.pretrained);
    assert.equal(Array.from(Deno.readDirSync(runs)).length, 1);
    const other = await pretrain(domain, sizes, { ...short, seed: 2 });
    assert.notDeepEqual(other.pretrained.tensors, uninterrupted.pretrained.tensors);
  }));

Deno.test("other features are another run", () =>
  withTemporaryFolder(async (runs) => {
    const once = { ...options, epochs: 1, runs };
    const changed = { ...features, values: features.values.map((value) => value + 1) };
    await pretrain(domain, sizes, once);
    await pretrain({ ...domain, features: changed }, sizes, once);
    assert.equal(Array.from(Deno.readDirSync(runs)).length, 2);
  }));

Deno.test("features that are missing or too few or too many are refused by name", async () => {
  await assert.rejects(pretrain({ ...domain, features: null }, sizes, short), {
    name: "DataError",
    message: /text features of Small: .* found no features/,
  });
  const more = {
    ...features,
    rows: items + 1,
    values: new Float32Array((items + 1) * features.width).fill(1),
  };
  await assert.rejects(pretrain({ ...domain, features: more }, sizes, short), {
    name: "DataError",
    message: /expected 30 rows of 12 numbers, as S3-Rec reads them, but found 31 rows/,
  });
  await assert.rejects(pretrain(domain, sizes, { ...short, batchSize: 0 }), {
    name: "ParameterError",
    message: /^pre-training.s batchSize: /,
  });
});
