// What the project keeps of its own as safetensors files and feature files.
import assert from "node:assert/strict";
import type { Domain } from "../../../lib/data/domain.ts";
import { readDomain, saveDomain } from "../../../lib/files/domain_file.ts";
import { loadPretrained, savePretrained, startingParameters } from "../../../lib/files/pretrained_file.ts";
import {
  readRecommenderFile,
  type SavedRecommender,
  saveRecommenderFile,
} from "../../../lib/files/recommender_file.ts";
import { readSafetensors, type SavedTensor, writeSafetensors } from "../../../lib/files/safetensors.ts";
import { checksumOf } from "../../../lib/checksum.ts";
import { createGenerator, restoreGenerator, uniform } from "../../../lib/random.ts";
import { createUniSRec } from "../../../lib/systems/unisrec/model.ts";
import { hashTexts } from "../../../lib/text/files/feature_manifest.ts";
import { readEncoded } from "../../../lib/text/files/publish_features.ts";
import { initialiseParameters, type ParameterSpecs } from "../../../lib/nn/parameters.ts";
import { loadRun, type RunPosition, saveRun } from "../../../lib/training/run_checkpoint.ts";
import { smallDomain } from "../../small_domain.ts";
import { encode, type Files, type FuzzReader } from "../reader.ts";

const specs: ParameterSpecs = {
  kernel: { shape: [2, 3], initial: "normal" },
  bias: { shape: [3], initial: "zeros" },
};
const arrays = initialiseParameters(specs, createGenerator(1));
const training = { step: 7, parameters: arrays, first: arrays, second: arrays };
const position: RunPosition = {
  epoch: 2,
  within: { startState: [1, -2, 3, 4], batches: 3, instances: 96, sums: { loss: 12.5 }, seconds: 0.25 },
  generatorState: [5, 6, -7, 8],
  stopping: { best: { epoch: 1, metric: 0.5 }, epochsWithoutImprovement: 1 },
  best: arrays,
  training,
};
const config = { seed: 1, model: "SASRec" };
const checkpointFile = "checkpoint.safetensors";

const checkpoint: FuzzReader = {
  name: "checkpoints",
  async open(folder) {
    await saveRun(folder, specs, position, config);
    return {
      originals: [{ [checkpointFile]: await Deno.readFile(`${folder}/${checkpointFile}`) }],
      async read(folder) {
        const read = await loadRun(folder, specs, training, config);
        if (read !== null) assert.deepEqual(read, position);
      },
    };
  },
};

const checkpointState: FuzzReader = {
  name: "checkpoint state",
  async open(folder) {
    await saveRun(folder, specs, position, config);
    const { tensors, metadata } = await readSafetensors(`${folder}/${checkpointFile}`);
    return {
      originals: [{ state: encode(metadata.state) }],
      async read(input) {
        const state = await text(`${input}/state`);
        await writeSafetensors(`${folder}/${checkpointFile}`, tensors, { state });
        const { epoch, within, generatorState, stopping, training: { step } } =
          (await loadRun(folder, specs, training, config))!;
        assert(Number.isSafeInteger(epoch) && epoch >= -1);
        for (const count of [step, within?.batches ?? 0, stopping.epochsWithoutImprovement]) {
          assert(Number.isSafeInteger(count) && count >= 0);
        }
        for (const state of [generatorState, within?.startState ?? generatorState]) {
          const generator = restoreGenerator(state);
          const draws = Array.from({ length: 4 }, () => uniform(generator));
          assert(draws.every((draw) => draw >= 0 && draw < 1) && new Set(draws).size > 1);
        }
        assert(Object.values(within?.sums ?? {}).every(Number.isFinite));
        assert(Number.isFinite(stopping.best?.metric ?? 0));
      },
    };
  },
};

const sizes = { hiddenSize: 4, innerSize: 4, featureSize: 3, experts: 2, maxLength: 3, layers: 1, heads: 2 };
const model = createUniSRec(5, sizes);
const pretrained = {
  card: {
    model: model.config,
    encoder: "offline",
    domains: [{ name: "A" }],
    training: { seed: 1 },
    result: { loss: 1 },
  },
  tensors: tensorsOf(model.parameters),
};

function tensorsOf(parameters: ParameterSpecs): Record<string, SavedTensor> {
  const values = initialiseParameters(parameters, createGenerator(2));
  return Object.fromEntries(
    Object.entries(parameters).map((
      [name, { shape }],
    ) => [name, { shape: [...shape], values: values[name] }]),
  );
}

const pretrainedFile: FuzzReader = {
  name: "pre-trained models",
  async open(folder) {
    await savePretrained(`${folder}/model.safetensors`, pretrained);
    return {
      originals: [{ "model.safetensors": await Deno.readFile(`${folder}/model.safetensors`) }],
      async read(folder) {
        const read = await loadPretrained(`${folder}/model.safetensors`);
        if (read.card !== null) return assert.deepEqual(read, pretrained);
        // of a file whose card has gone, nothing is known of the features that the model reads
        startingParameters(read, model, "offline");
        assert.fail("parameters without a card read the offline encoder's features");
      },
    };
  },
};

const modelCard: FuzzReader = {
  name: "model cards",
  open: (folder) =>
    Promise.resolve({
      originals: [{ card: encode(JSON.stringify(pretrained.card)) }],
      async read(input) {
        const path = `${folder}/model.safetensors`;
        await writeSafetensors(path, pretrained.tensors, { "model card": await text(`${input}/card`) });
        const read = await loadPretrained(path);
        startingParameters(read, model, "offline");
        for (const [name, size] of Object.entries(sizes)) assert.equal(read.card!.model[name], size);
        assert.equal(read.card!.encoder, "offline");
      },
    }),
};

const recommender: SavedRecommender = {
  card: {
    system: "SASRec",
    version: "1",
    settings: sizes,
    encoder: null,
    data: { name: "A" },
    training: { seed: 1 },
    metrics: { test: { "NDCG@10": 0.5 } },
  },
  itemIds: ["a", "b", "ö"],
  popularity: Int32Array.of(3, 0, 1),
  tensors: pretrained.tensors,
};

const recommenderFile: FuzzReader = {
  name: "recommenders",
  async open(folder) {
    await saveRecommenderFile(`${folder}/a.safetensors`, recommender);
    return {
      originals: [{ "a.safetensors": await Deno.readFile(`${folder}/a.safetensors`) }],
      async read(folder) {
        assert.deepEqual(await readRecommenderFile(`${folder}/a.safetensors`), recommender);
      },
    };
  },
};

const recommenderCard: FuzzReader = {
  name: "recommender cards",
  async open(folder) {
    const path = `${folder}/a.safetensors`;
    await saveRecommenderFile(path, recommender);
    const { tensors, metadata } = await readSafetensors(path);
    return {
      originals: [{
        card: encode(metadata.recommender),
        ids: encode(JSON.stringify(recommender.itemIds)),
      }],
      async read(input) {
        const ids = encode(await text(`${input}/ids`));
        const changed = { ...tensors, "items.ids": { shape: [ids.length], values: ids } };
        await writeSafetensors(path, changed, { recommender: await text(`${input}/card`) });
        const { card, itemIds } = await readRecommenderFile(path);
        assert.equal(new Set(itemIds).size, recommender.itemIds.length);
        assert(card.encoder === null || card.encoder !== "");
        assert(
          [card.settings, card.data, card.training, card.metrics].every((part) => typeof part === "object"),
        );
      },
    };
  },
};

const foreign: FuzzReader = {
  name: "safetensors of others",
  open: () => {
    const header = {
      kernel: { dtype: "F32", shape: [2, 2], data_offsets: [0, 16] },
      ids: { dtype: "I32", shape: [3], data_offsets: [16, 28] },
      mask: { dtype: "U8", shape: [], data_offsets: [28, 29] },
      __metadata__: { format: "pt" },
    };
    const json = encode(JSON.stringify(header));
    const file = new Uint8Array(8 + json.length + 29).fill(63);
    new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
    file.set(json, 8);
    return Promise.resolve({
      originals: [{ "a.safetensors": file }],
      async read(folder) {
        const { tensors } = await readSafetensors(`${folder}/a.safetensors`);
        for (const { shape, values } of Object.values(tensors)) {
          assert.equal(values.length, shape.reduce((a, b) => a * b, 1));
        }
      },
    });
  },
};

const features: FuzzReader = {
  name: "encoded features",
  open: () => {
    const values = Float32Array.from({ length: 24 }, (_, i) => i / 7 - 1);
    const bytes = new Uint8Array(values.buffer);
    const manifest = {
      origin: { model: "Xenova/bert-base-uncased", revision: "default", dtype: "fp32" },
      settings: { pooling: "cls", tokenLimit: 512, tokenizer: "ab12", weights: "cd34" },
      rows: 6,
      width: 4,
      texts: hashTexts(["a", "b", "c", "d", "e", "f"]).join(""),
      features: checksumOf([bytes]),
    };
    const original: Files = { "A.feat1CLS": bytes, "A.feat1CLS.json": encode(JSON.stringify(manifest)) };
    return Promise.resolve({
      originals: [original],
      async read(folder) {
        const table = await readEncoded(`${folder}/A.feat1CLS`);
        assert.deepEqual(table.values, values);
        assert.equal(table.rows * table.width, values.length);
      },
    });
  },
};

const domain: Domain = { wordDropped: null, ...smallDomain({ items: 4, users: 3, featureSize: 2 }) };

const domainFile: FuzzReader = {
  name: "kept domains",
  async open(folder) {
    await saveDomain(`${folder}/a.safetensors`, domain);
    return {
      originals: [{ "a.safetensors": await Deno.readFile(`${folder}/a.safetensors`) }],
      async read(folder) {
        assert.deepEqual(await readDomain(`${folder}/a.safetensors`), domain);
      },
    };
  },
};

const domainCard: FuzzReader = {
  name: "kept domains' cards",
  async open(folder) {
    const path = `${folder}/a.safetensors`;
    await saveDomain(path, domain);
    const { tensors, metadata } = await readSafetensors(path);
    return {
      originals: [{ card: encode(metadata.domain), ids: encode(JSON.stringify(domain.itemIds)) }],
      async read(input) {
        const ids = encode(await text(`${input}/ids`));
        const changed = { ...tensors, itemIds: { shape: [ids.length], values: ids } };
        await writeSafetensors(path, changed, { domain: await text(`${input}/card`) });
        const { itemIds, features } = await readDomain(path);
        assert.ok(itemIds.length >= 4 && itemIds.every((id) => typeof id === "string"));
        assert.ok(features === null || features.rows === itemIds.length);
      },
    };
  },
};

/** Reads a text that goes into a file; one that is missing is empty there. */
async function text(path: string): Promise<string> {
  return await Deno.readTextFile(path).catch(() => "");
}

export const tensorReaders = [
  checkpoint,
  checkpointState,
  pretrainedFile,
  modelCard,
  recommenderFile,
  recommenderCard,
  domainFile,
  domainCard,
  foreign,
  features,
];
