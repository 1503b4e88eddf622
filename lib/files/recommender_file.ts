import { dirname } from "node:path";
import * as v from "valibot";
import { CheckpointError, ParameterError } from "../errors.ts";
import { type JsonObject, toJson } from "../json.ts";
import { exactly, jsonObject, parse, parseJson, type Schema } from "../schema.ts";
import { makeFolder } from "../write_file.ts";
import { readSafetensors, type SavedTensor, writeSafetensors } from "./safetensors.ts";

/** What a recommender's file says of it. */
export type RecommenderCard = {
  /** The row of Table 3 that it belongs to. */
  readonly system: string;
  /** The version of this library that wrote it. */
  readonly version: string;
  /** The settings that it is made anew with: sizes of a model, weights of a sum. */
  readonly settings: JsonObject;
  /** What made the text features that it reads, or null where it reads none or that is not known. */
  readonly encoder: string | null;
  /** What it was trained on: name, users, items, interactions and a fingerprint. */
  readonly data: JsonObject;
  /** How it was trained: limits, rates, the seed, the run. */
  readonly training: JsonObject;
  /** What it reached on held-out items, by part and metric; empty where that was not measured. */
  readonly metrics: JsonObject;
};

/** All that is needed to recommend. */
export interface SavedRecommender {
  /** What the file says of it. */
  card: RecommenderCard;
  /** The items' own identifiers, in the order of the scores. */
  itemIds: readonly string[];
  /** How often each item was chosen in training. `[items]` */
  popularity: Int32Array;
  /** What the system has learnt, by names of its own. */
  tensors: Record<string, SavedTensor>;
  /** Scores of some items after a history, by which the file is checked when it is opened; not in every file. */
  probe?: { history: Int32Array; scores: Float32Array };
}

/** Metadata key of the card. */
const cardKey = "recommender";

/** The tensors that every recommender has; IDs are a JSON list in UTF-8. */
const names = {
  ids: "items.ids",
  popularity: "items.popularity",
  history: "probe.history",
  scores: "probe.scores",
};

const cardSchema: Schema<RecommenderCard> = exactly({
  system: v.string(),
  version: v.string(),
  settings: jsonObject,
  encoder: v.nullable(v.pipe(v.string(), v.nonEmpty("a name"))),
  data: jsonObject,
  training: jsonObject,
  metrics: jsonObject,
});

// one check for the whole list: a million items are opened in a second
const listOfIds = v.custom<string[]>(
  (ids) =>
    Array.isArray(ids) && ids.every((id) => typeof id === "string") && new Set(ids).size === ids.length,
  "a list of IDs, each once",
);

/**
 * Saves a recommender as one safetensors file; its folder is made if need be.
 *
 * @throws {ParameterError} if the card holds a number that is not finite, or a tensor has a reserved name
 * @throws {StorageError} if the file cannot be written
 */
export async function saveRecommenderFile(path: string, saved: SavedRecommender): Promise<void> {
  const { card, itemIds, popularity, tensors, probe } = saved;
  const json = toJson(card, cardKey);
  const taken = Object.values(names).find((name) => name in tensors);
  if (taken !== undefined) {
    throw new ParameterError({
      where: `tensor ${taken} of ${card.system}`,
      expected: `another name than ${Object.values(names).join(", ")}`,
      found: "one that every recommender's file has already",
      advice: "Rename it.",
    });
  }
  await makeFolder(dirname(path));
  await writeSafetensors(path, {
    [names.ids]: idsTensor(itemIds),
    [names.popularity]: { shape: [popularity.length], values: popularity },
    ...(probe
      ? {
        [names.history]: { shape: [probe.history.length], values: probe.history },
        [names.scores]: { shape: [probe.scores.length], values: probe.scores },
      }
      : {}),
    ...tensors,
  }, { [cardKey]: json });
}

/** Returns IDs as a tensor: a JSON list in UTF-8. */
export function idsTensor(ids: readonly string[]): SavedTensor {
  const values = new TextEncoder().encode(JSON.stringify(ids));
  return { shape: [values.length], values };
}

/**
 * Reads a recommender's file.
 *
 * @throws {CheckpointError} if there is no such file, it is damaged, or it holds no recommender
 */
export async function readRecommenderFile(path: string): Promise<SavedRecommender> {
  const {
    tensors: {
      [names.ids]: ids,
      [names.popularity]: popularity,
      [names.history]: history,
      [names.scores]: scores,
      ...tensors
    },
    metadata,
  } = await readSafetensors(path);
  if (!(cardKey in metadata) || !ids || !popularity) {
    throw new CheckpointError({
      where: path,
      expected: "a recommender that save() wrote",
      found: "model card" in metadata ? "a pre-trained model" : "tensors of another kind",
      advice:
        "Open a file that a recommender's save() wrote; a pre-trained model is one to start training from.",
    });
  }
  const advice = "The file is damaged: save the recommender again.";
  const metadataSchema = exactly({ [cardKey]: v.string() });
  const { [cardKey]: json } = parse(metadataSchema, metadata, `${path}, metadata`, advice, CheckpointError);
  const card = parseJson(cardSchema, json, `${path}, metadata "${cardKey}"`, advice, CheckpointError);
  const text = new TextDecoder().decode(ids.values);
  const itemIds = parseJson(listOfIds, text, `${path}, ${names.ids}`, advice, CheckpointError);
  const { values } = popularity;
  if (
    !(values instanceof Int32Array) || values.length !== itemIds.length || values.some((count) => count < 0)
  ) {
    throw new CheckpointError({
      where: `${path}, ${names.popularity}`,
      expected: `a count of at least 0 for each of the ${itemIds.length} items`,
      found: `${values.length} numbers`,
      advice,
    });
  }
  const probe = history?.values instanceof Int32Array && scores?.values instanceof Float32Array
    ? { history: history.values, scores: scores.values }
    : undefined;
  return { card, itemIds, popularity: values, tensors, ...(probe ? { probe } : {}) };
}
