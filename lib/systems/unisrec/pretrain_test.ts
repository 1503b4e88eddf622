import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { createUniSRec } from "./model.ts";
import type { SourceDomain } from "../../training/joined/joined_domains.ts";
import { loadPretrained, savePretrained } from "../../files/pretrained_file.ts";
import { pretrainingLosses, type PretrainingOptions, runPretraining } from "../pretraining/pretraining.ts";
import { planUniSRec } from "./pretrain.ts";
import { trainModel } from "../neural/train_model.ts";
import { frozenEncoder } from "./system.ts";
import { measureZeroShot } from "../../studies/zero_shot.ts";

const engine = createOnnxEngine({ threads: 1 });
const config = { ...smallSizes, experts: 2 };
const sources: SourceDomain[] = [
  { ...smallDomain({ users: 120 }), name: "First" },
  { ...smallDomain({ items: 24, users: 90, seed: 8 }), name: "Second" },
];
const target = smallDomain({ items: 36, users: 70, seed: 9 });
const options: PretrainingOptions = { learningRate: 3e-3, batchSize: 64, epochs: 12, patience: 12, seed: 1 };
const modelFor = (setting: "inductive" | "transductive") =>
  createUniSRec(target.itemIds.length, { ...config, featureSize: target.features!.width, setting });
const once = { learningRate: 1e-3, batchSize: 64, epochs: 1, seed: 1 };

/** Pre-trains UniSRec on sources. */
const pretrain = async (sources: readonly SourceDomain[], options: PretrainingOptions) =>
  await runPretraining(engine, planUniSRec(sources, config, options));

const result = await pretrain(sources, options);
const { pretrained, curve, best } = result;
const losses = pretrainingLosses(result);

Deno.test("what pre-training learns of the sources holds in a domain it never saw", async () => {
  for (const { domain, loss } of losses[0].filter(({ task }) => task === "sequenceItem")) {
    const last = losses.at(-1)!.find((entry) => entry.task === "sequenceItem" && entry.domain === domain)!;
    assert.ok(last.loss < 0.8 * loss, domain);
  }
  const { test } = await measureZeroShot(engine, modelFor("inductive"), target, pretrained);
  const chance = 10 / target.itemIds.length;
  assert.ok(test.means["Recall@10"] > 2 * chance, `Recall@10 ${test.means["Recall@10"]}, chance ${chance}`);
});

Deno.test("the sequence–sequence task is learnt too where it has weight", async () => {
  const { curve } = await pretrain(sources, {
    ...options,
    epochs: 5,
    tasks: { sequenceItem: 0, sequenceSequence: 1 },
  });
  assert.ok(curve.at(-1)!.loss < 0.9 * curve[0].loss, `${curve[0].loss} → ${curve.at(-1)!.loss}`);
});

Deno.test("the domains' losses are the parts of the task's mean", () => {
  const { instances, parts, loss } = curve.at(-1)!;
  const card = pretrained.card!;
  const sizes = Object.fromEntries(card.domains.map(({ name, instances }) => [name, instances as number]));
  assert.equal(sizes.First + sizes.Second, instances);
  const mean = losses.at(-1)!.filter(({ task }) => task === "sequenceItem")
    .reduce((sum, { domain, loss }) => sum + loss * sizes[domain] / instances, 0);
  assert.ok(Math.abs(mean - parts.sequenceItem) < 1e-5);
  assert.ok(Math.abs(loss - (parts.sequenceItem + 1e-3 * parts.sequenceSequence)) < 1e-5);
});

Deno.test("the model card says what the file holds, and the file starts fine-tuning in both settings", () =>
  withTemporaryFolder(async (folder) => {
    await savePretrained(`${folder}/model.safetensors`, pretrained);
    const start = await loadPretrained(`${folder}/model.safetensors`);
    assert.deepEqual(start, pretrained);
    assert.equal(start.card?.result.bestEpoch, best.epoch);
    assert.equal(start.card?.training.seed, 1);
    for (const setting of ["inductive", "transductive"] as const) {
      const { parameters } = await trainModel(engine, modelFor(setting), target, {
        ...once,
        start,
        frozen: frozenEncoder,
      });
      for (const [name, { values }] of Object.entries(pretrained.tensors)) {
        const isFrozen = frozenEncoder.some((prefix) => name.startsWith(prefix));
        const isSame = values.every((value, at) => value === parameters[name][at]);
        assert.equal(isSame, isFrozen, name);
      }
    }
  }));

Deno.test("fine-tuning from other parameters is another run", () =>
  withTemporaryFolder(async (runs) => {
    const other = await pretrain(sources, { ...options, epochs: 1 });
    for (const start of [null, pretrained, other.pretrained]) {
      await trainModel(engine, modelFor("inductive"), target, { ...once, start, runs });
    }
    assert.equal(Array.from(Deno.readDirSync(runs)).length, 3);
  }));

Deno.test("a run interrupted within an epoch goes on to the same parameters and losses", () =>
  withTemporaryFolder(async (runs) => {
    const short = { ...options, epochs: 3, checkpointMinutes: 0 };
    const whole = await pretrain(sources, short);
    const stop = new Error("interrupted");
    const observer = {
      step({ epoch, batch }: { epoch: number; batch: number }) {
        if (epoch === 1 && batch === 3) throw stop;
      },
    };
    await assert.rejects(pretrain(sources, { ...short, runs, observer }), stop);
    const resumed = await pretrain(sources, { ...short, runs });
    assert.deepEqual(resumed.pretrained, whole.pretrained);
    assert.deepEqual(pretrainingLosses(resumed), pretrainingLosses(whole));
  }));

Deno.test("either task alone, word drop and one source alone can be trained on", async () => {
  const short = { ...options, epochs: 1 };
  const parts = async (domains: SourceDomain[], more: PretrainingOptions) =>
    Object.keys((await pretrain(domains, { ...short, ...more })).curve[0].parts);
  assert.deepEqual(await parts(sources.slice(0, 1), {}), ["sequenceItem", "sequenceSequence"]);
  assert.deepEqual(await parts(sources.slice(0, 1), { tasks: { sequenceSequence: 0 } }), ["sequenceItem"]);
  assert.deepEqual(await parts(sources.slice(0, 1), { tasks: { sequenceItem: 0 } }), ["sequenceSequence"]);
  const words = sources.map((source) => ({ ...source, wordDropped: source.features }));
  const { pretrained } = await pretrain(words, short);
  assert.equal(pretrained.card?.training.wordDrop, true);
});

Deno.test("bad input is refused by name, and a loss that is not finite keeps the last checkpoint", () =>
  withTemporaryFolder(async (runs) => {
    await assert.rejects(
      pretrain([sources[0], { ...sources[1], name: "First" }], options),
      { name: "ParameterError", message: /found First, First/ },
    );
    for (const sequenceSequence of [0, -1, Infinity]) {
      await assert.rejects(
        pretrain(sources, { ...options, tasks: { sequenceItem: 0, sequenceSequence } }),
        { name: "ParameterError", message: /^tasks \(in notebook 3: lambda\): / },
      );
    }
    const values = sources[1].features!.values.map((value, at) => at === 5 ? NaN : value);
    const damaged = [sources[0], { ...sources[1], features: { ...sources[1].features!, values } }];
    await assert.rejects(pretrain(damaged, { ...options, runs }), {
      name: "EngineError",
      message:
        /^sequenceItem.* at step \d+: expected a finite number, but found NaN, and features is not finite/,
    });
    const diverging = { ...options, learningRate: 1e30, checkpointMinutes: 0, runs: `${runs}/diverging` };
    await assert.rejects(pretrain(sources, diverging), {
      name: "EngineError",
      message: /^sequenceItem.* at step \d+/,
    });
    const [{ name }] = Array.from(Deno.readDirSync(`${runs}/diverging`));
    assert.ok((await Deno.stat(`${runs}/diverging/${name}/checkpoint.safetensors`)).isFile);
  }));
