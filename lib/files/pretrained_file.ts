import { dirname } from "node:path";
import { firstBytes } from "../data/reading/bytes.ts";
import * as v from "valibot";
import { CheckpointError } from "../errors.ts";
import type { Arrays } from "../engine/array_spec.ts";
import { type JsonObject, type JsonValue, toJson } from "../json.ts";
import { exactly, jsonObject, parse, parseJson, type Schema } from "../schema.ts";
import { areOneEncoder } from "../text/one_encoder.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { parameterDifferences, refuseDifferences } from "./checkpoint.ts";
import { readReferenceCheckpoint } from "./pytorch/reference_checkpoint.ts";
import { readSafetensors, type SavedTensor, writeSafetensors } from "./safetensors.ts";
import { makeFolder } from "../write_file.ts";

/** What a pre-trained model is and where it comes from. */
export type ModelCard = {
  /** The model's settings. */
  readonly model: JsonObject;
  /** What made the features that it reads of the texts, or null where it is not known. */
  readonly encoder: string | null;
  /** What it was trained on. */
  readonly domains: readonly JsonObject[];
  /** How it was trained, with the seed. */
  readonly training: JsonObject;
  /** What it reached: the best epoch with its losses and metric. */
  readonly result: JsonObject;
};

/** A pre-trained model's parameters, and what is known of it. */
export interface Pretrained {
  /** Null for parameters that other software made. */
  card: ModelCard | null;
  /** Its parameters, by name. */
  tensors: Record<string, SavedTensor>;
}

const cardSchema: Schema<ModelCard> = exactly({
  model: jsonObject,
  encoder: v.nullable(v.pipe(v.string(), v.nonEmpty("a name"))),
  domains: v.array(jsonObject),
  training: jsonObject,
  result: jsonObject,
});

/** Metadata key of the card in the file. */
const cardKey = "model card";

/** Parameters that belong to the items of one domain: fine-tuning starts them anew if there are none. */
const itemParameter = "items.embedding";

/** Settings that must agree, as parameters mean something else under other ones. */
const decisiveSettings = [
  "hiddenSize",
  "innerSize",
  "layers",
  "heads",
  "maxLength",
  "featureSize",
  "experts",
  "whitening",
  "gateNoise",
];

/**
 * Saves a pre-trained model as one safetensors file, with its card in the header; its folder is made if need be.
 *
 * @throws {ParameterError} if the card holds a number that is not finite
 * @example
 * ```ts
 * import { loadPretrained, savePretrained } from "./pretrained_file.ts";
 * import assert from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * const path = `${folder}/model.safetensors`;
 * const card = { model: { hiddenSize: 2 }, encoder: "offline", domains: [], training: { seed: 1 }, result: {} };
 * const pretrained = { card, tensors: { bias: { shape: [2], values: Float32Array.of(1, 2) } } };
 * await savePretrained(path, pretrained);
 * assert.deepEqual(await loadPretrained(path), pretrained);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function savePretrained(path: string, { card, tensors }: Pretrained): Promise<void> {
  await makeFolder(dirname(path));
  await writeSafetensors(path, tensors, card ? { [cardKey]: toJson(card, cardKey) } : {});
}

/**
 * Loads a pre-trained model: one that `savePretrained` wrote, or a PyTorch checkpoint of the authors' code or RecBole
 * (`.pth`, `.pt`, `.ckpt`, `.bin`), which its first bytes tell.
 *
 * @throws {CheckpointError} if there is no such file, or it is damaged
 */
export async function loadPretrained(path: string): Promise<Pretrained> {
  if (await isPyTorch(path)) return { card: null, tensors: (await readReferenceCheckpoint(path)).parameters };
  const { tensors, metadata } = await readSafetensors(path);
  return { tensors, card: cardKey in metadata ? parseCard(metadata, path) : null };
}

/** Tells a file of `torch.save`: a zip archive, or the pickle that it was before PyTorch 1.6. */
async function isPyTorch(path: string): Promise<boolean> {
  const [first, second, , , , , , , ninth] = await firstBytes(path, 9);
  if (first === undefined) return /\.(pth|pt|ckpt|bin)$/.test(path);
  const isZip = first === 0x50 && second === 0x4b;
  // a safetensors file may begin with any byte, but its header with {
  return isZip || (first === 0x80 && second <= 5 && ninth !== "{".charCodeAt(0));
}

/**
 * Returns the parameters of a pre-trained model with which another model starts.
 *
 * @param encoder what made the features that the model will read, if it is known; of unknown ones see `areOneEncoder`
 * @throws {CheckpointError} if they are not the model's; every setting and parameter that differs is named
 */
export function startingParameters(
  { card, tensors }: Pretrained,
  model: SequenceModel,
  encoder?: string,
): Arrays {
  const differences: string[] = [];
  const compare = (name: string, saved?: JsonValue, expected?: JsonValue) => {
    if (saved !== expected) differences.push(`${name}: saved ${text(saved)}, expected ${text(expected)}`);
  };
  if (card) {
    for (const name of decisiveSettings) compare(name, card.model[name], model.config[name]);
  }
  if (model.featureSize !== null && !areOneEncoder(card?.encoder, encoder)) {
    compare("text encoder", card?.encoder ?? "unknown", encoder ?? "unknown");
  }
  const expected = Object.fromEntries(
    Object.entries(model.parameters).filter(([name]) => name !== itemParameter || name in tensors)
      .map(([name, { shape }]) => [name, shape]),
  );
  refuseDifferences(
    `pre-trained parameters for ${model.name}`,
    [...differences, ...parameterDifferences(expected, tensors)],
  );
  return Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, values]));
}

function text(value?: JsonValue): string {
  return value === undefined ? "none" : JSON.stringify(value);
}

function parseCard(metadata: Record<string, string>, path: string): ModelCard {
  const where = `${path}, metadata`;
  const advice = "The file is damaged, or was not written by savePretrained.";
  const { [cardKey]: card } = parse(
    exactly({ [cardKey]: v.string() }),
    metadata,
    where,
    advice,
    CheckpointError,
  );
  return parseJson(cardSchema, card, `${where} "${cardKey}"`, advice, CheckpointError);
}
