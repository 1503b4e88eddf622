import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { smallDomain, smallSizes } from "../../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import type { Domain } from "../../data/domain.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { createRecGuruNetwork } from "./model.ts";
import { atSegmentEnds } from "../../nn/segment_ends.ts";
import { createGenerator } from "../../random.ts";
import { joinSequencesOf } from "../../training/joined/joined_items.ts";
import { createRecGuruBatches } from "./batches.ts";
import { parameterInputs, parametersOf, stepNames } from "../../training/step.ts";
import { type PretrainingOptions, runPretraining } from "../pretraining/pretraining.ts";
import { planRecGuru } from "./pretrain.ts";
import { recguru } from "./system.ts";
import { trainModel } from "../neural/train_model.ts";

const engine = createOnnxEngine({ threads: 1 });
const config = { ...smallSizes, dropout: 0.1 };
const source = { ...smallDomain({ users: 60 }), name: "Source", features: null };
const target = { ...smallDomain({ items: 40, users: 60, seed: 8 }), name: "Target", features: null };
const options: PretrainingOptions = { learningRate: 5e-3, batchSize: 64, epochs: 30, patience: 30, seed: 1 };
const tasks = { nextItem: 1, reconstruction: 1 };

/** Returns the share of the sequences whose domain the discriminator tells, both domains counting alike. */
async function discriminatorAccuracy(parameters: Arrays): Promise<number> {
  const joined = joinSequencesOf([source, target]);
  const network = createRecGuruNetwork(joined.firstItems[2], 2, config);
  const { model, parameters: specs } = network;
  const { inputs, batches } = createRecGuruBatches(joined, 64, model.maxLength);
  const program = await engine.compile((given) => {
    const ours = parametersOf(specs, given);
    const { items, positions, segments } = given;
    const table = tf.gather(ours["items.embedding"], given.rows as tf.Tensor1D);
    const encoded = model.encode(table, { items, positions, segments }, ours, null);
    const seen = network.discriminate(atSegmentEnds(encoded, segments, model.maxLength), ours);
    return { scores: tf.matMul(seen, ours["discriminator.domains"], false, true) }; // [slots, 2]
  }, { ...parameterInputs(specs), ...inputs });
  const given = Object.fromEntries(
    Object.keys(specs).map((name) => [stepNames.parameter(name), parameters[name]]),
  );
  const [told, shown] = [[0, 0], [0, 0]];
  const generator = createGenerator(1);
  for (const batch of batches(generator)) {
    const arrays = batch.arrays(generator);
    const { scores } = await program.run({ ...given, ...arrays });
    arrays.slotDomains.forEach((domain, slot) => {
      if (arrays.endWeights[slot] === 0) return;
      shown[domain]++;
      if (scores[2 * slot + domain] > scores[2 * slot + 1 - domain]) told[domain]++;
    });
  }
  await program.release();
  return (told[0] / shown[0] + told[1] / shown[1]) / 2;
}

/** Pre-trains RecGURU on sources and a target. */
const pretrain = async (target: Domain, sources: readonly Domain[], options: PretrainingOptions) =>
  await runPretraining(engine, planRecGuru(sources, config, options, target));

Deno.test("against the encoder the discriminator falls to near chance, while reconstruction holds", async () => {
  const [alone, against] = await Promise.all([0, 1].map(async (adversarial) => {
    const { parameters, curve, best } = await pretrain(target, [source], {
      ...options,
      tasks: { ...tasks, adversarial },
    });
    const { reconstruction } = curve[best.epoch].parts;
    return { accuracy: await discriminatorAccuracy(parameters), reconstruction, first: curve[0].parts };
  }));
  assert.ok(alone.accuracy > 0.85, `without an adversary ${alone.accuracy}`);
  assert.ok(against.accuracy < 0.65, `with one ${against.accuracy}`);
  assert.ok(alone.reconstruction < 0.6 * alone.first.reconstruction);
  assert.ok(against.reconstruction < 1.1 * alone.reconstruction, `${against.reconstruction}`);
});

Deno.test("fine-tuning starts from the target's items, and from what it learnt with the source's", async () => {
  const { parameters, pretrained } = await pretrain(target, [source], options);
  const model = recguru.createModel(target, config);
  const ofTarget = parameters["items.embedding"].subarray(source.itemIds.length * config.hiddenSize);
  assert.deepEqual(pretrained.tensors["items.embedding"].values, ofTarget);
  assert.deepEqual(Object.keys(pretrained.tensors), Object.keys(model.parameters));
  const small = { ...options, epochs: 1, learningRate: 1e-3 };
  const [warm, cold] = [
    await trainModel(engine, model, target, { ...small, start: pretrained }),
    await trainModel(engine, model, target, small),
  ];
  assert.ok(warm.test.means["NDCG@10"] > 2 * cold.test.means["NDCG@10"]);
  for (const [name, { values }] of Object.entries(pretrained.tensors)) {
    assert.ok(values.some((value, at) => value !== warm.parameters[name][at]), name);
  }
});

Deno.test("a run that was interrupted goes on to the same parameters, other weights are another run", () =>
  withTemporaryFolder(async (runs) => {
    const short = { ...options, epochs: 3 };
    const whole = await pretrain(target, [source], short);
    const stop = new Error("interrupted");
    const observer = {
      step({ epoch, batch }: { epoch: number; batch: number }) {
        if (epoch === 1 && batch === 2) throw stop;
      },
    };
    await assert.rejects(
      pretrain(target, [source], { ...short, runs, observer, checkpointMinutes: 0 }),
      stop,
    );
    const resumed = await pretrain(target, [source], { ...short, runs });
    assert.deepEqual(resumed.pretrained, whole.pretrained);
    await pretrain(target, [source], { ...short, runs, tasks });
    assert.equal(Array.from(Deno.readDirSync(runs)).length, 2);
  }));

Deno.test("what it cannot be trained with is refused by name", async () => {
  const refuse = (tasks: PretrainingOptions["tasks"], found: RegExp) =>
    assert.rejects(pretrain(target, [source], { ...options, tasks }), {
      name: "ParameterError",
      message: found,
    });
  await refuse({ adversarial: -1 }, /^tasks: .* adversarial -1/);
  await refuse({ nextItem: 0, reconstruction: 0 }, /^tasks: .* found nextItem 0, reconstruction 0/);
  await assert.rejects(pretrain(target, [{ ...source, name: "Target" }], options), {
    name: "ParameterError",
    message: /found Target, Target/,
  });
});
