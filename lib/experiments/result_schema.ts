import * as v from "valibot";
import { notAsked } from "../data/split.ts";
import { CheckpointError } from "../errors.ts";
import { exactly, finiteNumber, jsonObject, nonNegative, wholeNumber } from "../schema.ts";
import { epochSchema } from "../training/epoch_schema.ts";

const ranks = v.array(wholeNumber(notAsked));

/** What an experiment is kept as. */
export const experimentSchema = exactly({
  system: v.string(),
  dataset: v.string(),
  learningRate: v.nullable(v.pipe(finiteNumber, v.gtValue(0, "a number above 0"))),
  hiddenSize: v.nullable(wholeNumber(1)),
  seed: v.nullable(v.pipe(v.number("an integer"), v.safeInteger("an integer"))),
});

/** What the file of an experiment's result must hold. */
export const resultSchema = exactly({
  settings: jsonObject,
  // results that were kept before the code was part of a run's identity have none
  code: v.nullable(v.string()),
  experiment: experimentSchema,
  bestEpoch: wholeNumber(-1),
  settingsFound: jsonObject,
  cost: exactly({
    parameters: wholeNumber(),
    trainedParameters: wholeNumber(),
    epochs: wholeNumber(),
    secondsPerEpoch: nonNegative,
    pretrainingEpochs: wholeNumber(),
    pretrainingSeconds: nonNegative,
    // results that were kept before it was recorded have none
    engine: v.nullable(v.string()),
    memory: wholeNumber(),
    seconds: v.nullable(nonNegative),
  }),
  curve: v.array(epochSchema),
  ranks: exactly({ valid: ranks, test: ranks }),
});

/** A result as its file holds it. */
export type SavedResult = v.InferOutput<typeof resultSchema>;

/**
 * Refuses a result that contradicts itself or the domain that it is of.
 *
 * @param path the result's file, for messages
 * @param users of the domain: each has a rank for the validation and the test item
 * @param items of the domain: a rank counts those that are scored higher
 * @param isByTime whether it is split by time: then only, a user may have nothing to be ranked
 * @throws {CheckpointError} that names the field
 */
export function checkResult(
  path: string,
  { ranks, curve, bestEpoch, cost }: SavedResult,
  { users, items, isByTime = false }: { users: number; items: number; isByTime?: boolean },
): void {
  const fault = (field: string, expected: string, found: string | number) =>
    new CheckpointError({
      where: `${path}, ${field}`,
      expected,
      found: String(found),
      advice: "The file is damaged or of other data. Delete it: the experiment is then done again.",
    });
  for (const part of ["valid", "test"] as const) {
    const { length } = ranks[part];
    if (length !== users) {
      throw fault(`ranks.${part}`, `a rank for each of ${users} users`, `${length} ranks`);
    }
    const unasked = isByTime ? -1 : ranks[part].indexOf(notAsked);
    if (unasked >= 0) throw fault(`ranks.${part}[${unasked}]`, "a whole number of at least -1", notAsked);
    const user = ranks[part].findIndex((rank) => rank >= items);
    if (user >= 0) throw fault(`ranks.${part}[${user}]`, `a rank below ${items} items`, ranks[part][user]);
  }
  const epoch = curve.findIndex((record, i) => record.epoch !== i);
  if (epoch >= 0) throw fault(`curve[${epoch}].epoch`, `${epoch}`, curve[epoch].epoch);
  if (bestEpoch >= curve.length) {
    throw fault("bestEpoch", `an epoch of the ${curve.length} in curve`, bestEpoch);
  }
  if (cost.epochs !== curve.length) throw fault("cost.epochs", `${curve.length}, as in curve`, cost.epochs);
  if (cost.trainedParameters > cost.parameters) {
    throw fault("cost.trainedParameters", `at most ${cost.parameters}`, cost.trainedParameters);
  }
}
