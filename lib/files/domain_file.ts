import * as v from "valibot";
import type { Domain, FeatureTable, Sequences } from "../data/domain.ts";
import { exists } from "../data/files.ts";
import { fingerprint, fingerprintText } from "../engine/fingerprint.ts";
import { CheckpointError } from "../errors.ts";
import { exactly, parseJson } from "../schema.ts";
import { makeFolder } from "../write_file.ts";
import { readSafetensors, type SavedTensor, writeSafetensors } from "./safetensors.ts";

/** Metadata key of what is no array. */
const cardKey = "domain";

const moment = v.union([v.string(), v.number()]);
const table = v.nullable(exactly({ encoder: v.nullable(v.string()) }));

/** What the file says of a domain beside its arrays: null where it has none of a kind. */
const cardSchema = exactly({
  name: v.string(),
  features: table,
  wordDropped: table,
  isByTime: v.boolean(),
  times: v.nullable(exactly({ validFrom: moment, testFrom: moment })),
});

/** What is kept of a domain: of one that is only pre-trained on, the users need not be known. */
export type KeptDomain = Omit<Domain, "userIds"> & Partial<Pick<Domain, "userIds">>;

/**
 * Keeps a domain as it lies in memory, features and split included, for other processes that train on it.
 *
 * @throws {StorageError} if the disk is full, or the folder may not be written
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { readDomain, saveDomain } from "./domain_file.ts";
 * import assert from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * const domain = {
 *   name: "Toys", itemIds: ["a", "b"], itemTexts: ["ball", "kite"], userIds: ["u"],
 *   sequences: packSequences([[1, 0]]), features: null, wordDropped: null,
 * };
 * await saveDomain(`${folder}/toys.safetensors`, domain);
 * assert.deepEqual(await readDomain(`${folder}/toys.safetensors`), domain);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function saveDomain(path: string, domain: KeptDomain): Promise<void> {
  const { tensors, card } = partsOf(domain);
  await writeSafetensors(path, tensors, { [cardKey]: card });
}

/** Returns a domain as its arrays, and as JSON what is none. */
function partsOf(domain: KeptDomain): { tensors: Record<string, SavedTensor>; card: string } {
  const { name, itemIds, itemTexts, userIds = [], sequences, features, wordDropped = null } = domain;
  const { items, offsets, split } = sequences;
  const tensors: Record<string, SavedTensor> = {
    itemIds: tensorOfTexts(itemIds),
    userIds: tensorOfTexts(userIds),
    ...(itemTexts ? { itemTexts: tensorOfTexts(itemTexts) } : {}),
    items: vector(items),
    offsets: vector(offsets),
    ...(split ? { trainEnds: vector(split.trainEnds), validEnds: vector(split.validEnds) } : {}),
    ...(features ? { features: tensorOfTable(features) } : {}),
    ...(wordDropped ? { wordDropped: tensorOfTable(wordDropped) } : {}),
  };
  const of = (table: FeatureTable | null) => table && { encoder: table.encoder ?? null };
  const card: v.InferOutput<typeof cardSchema> = {
    name,
    features: of(features),
    wordDropped: of(wordDropped),
    isByTime: split !== undefined,
    times: split?.times ?? null,
  };
  return { tensors, card: JSON.stringify(card) };
}

/**
 * Keeps a domain in a folder, under a name made of its own and a fingerprint of its contents: what is there already is
 * not written again.
 *
 * @returns the file's name
 * @throws {StorageError} if the disk is full, or the folder may not be written
 */
export async function keepDomain(folder: string, domain: KeptDomain): Promise<string> {
  const { tensors, card } = partsOf(domain);
  const contents = Object.entries(tensors).map(([name, { values }]) => `${name} ${fingerprint(values)}`);
  const readable = domain.name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const file = `${readable}-${fingerprintText([card, ...contents].join())}.safetensors`;
  const path = `${folder}/${file}`;
  if (await exists(path)) return file;
  await makeFolder(folder);
  await saveDomain(path, domain);
  return file;
}

/**
 * Reads a domain that `saveDomain` wrote.
 *
 * @throws {CheckpointError} if there is no such file, or it is damaged
 */
export async function readDomain(path: string): Promise<Domain> {
  const { tensors, metadata } = await readSafetensors(path);
  const advice = "The file is damaged, or no domain: list the trainings anew.";
  const card = parseJson(cardSchema, metadata[cardKey] ?? "", path, advice, CheckpointError);
  const fault = (expected: string, found: string) =>
    new CheckpointError({ where: path, expected, found, advice });
  function valuesOf<T>(name: string, type: abstract new () => T): T {
    const values = Object.hasOwn(tensors, name) ? tensors[name].values : undefined;
    if (values instanceof type) return values;
    throw fault(`the array ${name} (${type.name})`, values?.constructor.name ?? "none");
  }
  const texts = (name: string) =>
    parseJson(
      v.array(v.string()),
      new TextDecoder().decode(valuesOf(name, Uint8Array)),
      `${path}, ${name}`,
      advice,
      CheckpointError,
    );
  const integers = (name: string) => valuesOf(name, Int32Array);
  const tableOf = (name: "features" | "wordDropped"): FeatureTable | null => {
    const about = card[name];
    if (!about) return null;
    const values = valuesOf(name, Float32Array);
    const [rows, width = 0] = tensors[name].shape;
    return { values, rows, width, ...(about.encoder === null ? {} : { encoder: about.encoder }) };
  };
  const sequences: Sequences = {
    items: integers("items"),
    offsets: integers("offsets"),
    ...(card.isByTime
      ? {
        split: {
          trainEnds: integers("trainEnds"),
          validEnds: integers("validEnds"),
          ...(card.times ? { times: card.times } : {}),
        },
      }
      : {}),
  };
  const domain = {
    name: card.name,
    itemIds: texts("itemIds"),
    itemTexts: "itemTexts" in tensors ? texts("itemTexts") : null,
    userIds: texts("userIds"),
    sequences,
    features: tableOf("features"),
    wordDropped: tableOf("wordDropped"),
  };
  const wrong = contradiction(domain);
  if (wrong !== null) throw fault("parts that fit each other", wrong);
  return domain;
}

/** Says which parts of a domain do not fit each other; null if all do. */
function contradiction(
  { itemIds, itemTexts, userIds, sequences, features, wordDropped }: Domain,
): string | null {
  const { items, offsets, split } = sequences;
  const users = offsets.length - 1;
  const isInOrder = offsets[0] === 0 && offsets.every((end, at) => at === 0 || end >= offsets[at - 1]);
  if (!isInOrder || offsets[users] !== items.length) return "offsets that are not those of the items";
  if (items.some((item) => item < 0 || item >= itemIds.length)) return "an item that there is not";
  if (userIds.length > 0 && userIds.length !== users) return `${userIds.length} names of ${users} users`;
  if (itemTexts && itemTexts.length !== itemIds.length) {
    return `${itemTexts.length} texts of ${itemIds.length} items`;
  }
  for (const table of [features, wordDropped]) {
    if (table && table.rows !== itemIds.length) {
      return `${table.rows} feature rows of ${itemIds.length} items`;
    }
  }
  for (const ends of split ? [split.trainEnds, split.validEnds] : []) {
    const isWithin = (end: number, user: number) => end >= 0 && end <= offsets[user + 1] - offsets[user];
    if (ends.length !== users || !ends.every(isWithin)) return "a split that is not one of the sequences";
  }
  return null;
}

/** Texts are kept as one JSON list, in bytes: there may be more of them than a header holds. */
function tensorOfTexts(texts: readonly string[]): SavedTensor {
  const values = new TextEncoder().encode(JSON.stringify(texts));
  return { shape: [values.length], values };
}

function vector(values: Int32Array): SavedTensor {
  return { shape: [values.length], values };
}

function tensorOfTable({ rows, width, values }: FeatureTable): SavedTensor {
  return { shape: [rows, width], values };
}
