import { join } from "node:path";
import * as v from "valibot";
import { exists } from "../../data/files.ts";
import { fingerprintText } from "../../engine/fingerprint.ts";
import { CheckpointError, ParameterError } from "../../errors.ts";
import { keepDomain, type KeptDomain } from "../../files/domain_file.ts";
import { exactly, jsonObject, parseJson, recordOf, type Schema, wholeNumber } from "../../schema.ts";
import { makeFolder, writeFileAtomically } from "../../write_file.ts";
import type { Experiment } from "../grid.ts";
import { experimentSchema } from "../result_schema.ts";

const workSchema: Schema<ListedWork> = v.variant("kind", [
  v.strictObject({ kind: v.literal("pre-training"), experiment: experimentSchema }),
  v.strictObject({ kind: v.literal("experiment"), experiment: experimentSchema }),
  v.strictObject({
    kind: v.literal("variant"),
    variant: wholeNumber(),
    seed: v.pipe(v.number("an integer"), v.safeInteger("an integer")),
    target: v.nullable(wholeNumber()),
  }),
]);

const trainingSchema = exactly({
  what: v.string(),
  after: v.array(wholeNumber(1)),
  memory: wholeNumber(),
  work: workSchema,
});

const names = v.array(v.string());

/** What all trainings of a comparison have in common; domains by the names of their files. */
const comparisonSchema = v.strictObject({
  kind: v.literal("comparison"),
  targets: names,
  sources: names,
  systemFiles: names,
  start: v.nullable(v.string()),
  sizes: jsonObject,
  training: exactly({
    batchSize: wholeNumber(1),
    epochs: wholeNumber(1),
    patience: wholeNumber(1),
    negatives: v.optional(exactly({ by: v.picklist(["popularity", "uniform"]), count: wholeNumber(1) })),
  }),
  pretraining: jsonObject,
  pretrainingEpochsOf: recordOf(wholeNumber(1)),
  retrain: v.boolean(),
});

/** What the trainings of a transfer are made of. */
const transferSchema = v.strictObject({
  kind: v.literal("transfer"),
  variants: v.array(exactly({
    name: v.string(),
    sources: names,
    targets: names,
    sizes: jsonObject,
    tasks: jsonObject,
  })),
  setting: v.picklist(["inductive", "transductive"]),
  sizes: jsonObject,
  pretraining: jsonObject,
  fineTuning: jsonObject,
});

const listSchema: Schema<TrainingList> = exactly({
  runs: v.string(),
  engineName: v.string(),
  trainings: v.array(trainingSchema),
  grid: v.variant("kind", [comparisonSchema, transferSchema]),
});

/** Which training of a grid one is: an experiment, or what it begins with; or a step of a transfer. */
export type ListedWork =
  | { kind: "pre-training" | "experiment"; experiment: Experiment }
  /** A variant's place, and its target's; null for the pre-training. */
  | { kind: "variant"; variant: number; seed: number; target: number | null };

/** One training of a list; each is done by a process of its own. */
export interface ListedTraining {
  /** In words. */
  what: string;
  /** Those that it begins with or is made of, by their numbers: they are done before it. */
  after: number[];
  /** What its process takes, as an estimate in bytes. */
  memory: number;
  work: ListedWork;
}

/** The grid of a comparison, as a list keeps it. */
export type ListedComparison = v.InferOutput<typeof comparisonSchema>;

/** The grid of a transfer, as a list keeps it. */
export type ListedTransfer = v.InferOutput<typeof transferSchema>;

/** The trainings of a grid, each to be done by a process of its own, on this machine or another. */
export interface TrainingList {
  /** The folder of runs, where all results go. */
  runs: string;
  engineName: string;
  /** They are counted from 1 wherever people or files name them; those that others wait for come first. */
  trainings: ListedTraining[];
  grid: ListedComparison | ListedTransfer;
}

/** Returns where the domains of all lists in a folder are. */
export function domainsIn(lists: string): string {
  return join(lists, "domains");
}

/** Keeps domains where the lists of a folder have them; returns their files' names. */
export async function keepDomains(lists: string, domains: readonly KeptDomain[]): Promise<string[]> {
  const names: string[] = [];
  for (const domain of domains) names.push(await keepDomain(domainsIn(lists), domain));
  return names;
}

/**
 * Writes a list into a folder of its own, whose name says what is in it: the same trainings are the same list.
 *
 * @param lists the folder of lists
 * @param label how the name begins
 * @returns the list's folder
 */
export async function writeList(lists: string, label: string, list: TrainingList): Promise<string> {
  const text = JSON.stringify(list, null, 1) + "\n";
  const folder = `${lists}/${label}-${fingerprintText(text).slice(0, 6)}`;
  await makeFolder(`${folder}/logs`);
  await makeFolder(`${folder}/ended`);
  await writeFileAtomically(`${folder}/list.json`, text);
  return folder;
}

/**
 * Reads a list.
 *
 * @param folder its own
 * @throws {ParameterError} if there is none
 * @throws {CheckpointError} if the file is not what it should be
 */
export async function readList(folder: string): Promise<TrainingList> {
  const path = `${folder}/list.json`;
  if (!await exists(path)) {
    throw new ParameterError({
      where: "list of trainings",
      expected: "a folder with list.json, as `task cluster` names it",
      found: folder,
      advice: "It is made below lists in the folder of runs.",
    });
  }
  const advice = "Delete the folder, and list the trainings anew.";
  const list = parseJson(listSchema, await Deno.readTextFile(path), path, advice, CheckpointError);
  const kinds = list.grid.kind === "transfer" ? ["variant"] : ["pre-training", "experiment"];
  for (const [at, { after, work }] of list.trainings.entries()) {
    const where = `${path}, trainings[${at}]`;
    const fault = (expected: string, found: string) =>
      new CheckpointError({ where, expected, found, advice });
    // one that waits for itself would wait for ever
    if (after.some((number) => number > at)) throw fault("to wait for those before it", `${after}`);
    if (!kinds.includes(work.kind)) throw fault(`work of a ${list.grid.kind}`, work.kind);
    if (work.kind !== "variant" || list.grid.kind !== "transfer") continue;
    const targets = list.grid.variants.at(work.variant)?.targets.length;
    if (targets === undefined || (work.target ?? 0) >= targets) throw fault("a variant's target", "none");
  }
  return list;
}

/**
 * Returns a training by its number.
 *
 * @param number counted from 1
 * @throws {ParameterError} if there is none
 */
export function trainingAt({ trainings }: Pick<TrainingList, "trainings">, number: number): ListedTraining {
  if (Number.isInteger(number) && number >= 1 && number <= trainings.length) return trainings[number - 1];
  throw new ParameterError({
    where: "number of the training",
    expected: `one from 1 to ${trainings.length}`,
    found: String(number),
    advice: "The list's file has them in their order.",
  });
}
