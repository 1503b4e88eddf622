import type { Arrays } from "../engine/array_spec.ts";
import { DataError } from "../errors.ts";
import { shuffle } from "../random.ts";
import { batchArrays, nextItemInputs, nextItemLoss } from "./next_item.ts";
import type { CreateObjective } from "./objective.ts";
import { packBatches, rowsFor } from "./packing.ts";
import { prefixSegments, sequenceSegments } from "./segments.ts";

/**
 * Trains a model to predict each next item of the training sequences among all items.
 *
 * @throws {DataError} if no user has two training items
 */
export const nextItemObjective: CreateObjective = (model, domain, { batchSize, instances }) => {
  const { sequences } = domain;
  const makeSegments = instances === "prefix" ? prefixSegments : sequenceSegments;
  const segments = makeSegments(sequences, model.maxLength);
  if (segments.length === 0) throw nothingToTrainOn(domain.name);
  const length = model.maxLength;
  const shape = { rows: rowsFor(segments, batchSize, length), length, capacity: batchSize };
  const features: Arrays = model.featureSize === null ? {} : { features: domain.features!.values };
  return {
    inputs: nextItemInputs(model, shape),
    loss: nextItemLoss(model),
    batches: (generator) =>
      packBatches(shuffle(generator, segments.slice()), sequences, shape).map((batch) => ({
        arrays: () => ({ ...batchArrays(batch), ...features }),
        instances: batch.instances,
      })),
  };
};

/** The error of a domain whose sequences are all too short. */
export function nothingToTrainOn(name: string): DataError {
  return new DataError({
    where: `training sequences of ${name}`,
    expected: "a user with at least two training items, beside the two held out",
    found: "none",
    advice: "Use a data set with longer sequences.",
  });
}
