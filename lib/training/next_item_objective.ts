import type { Domain } from "../data/domain.ts";
import type { Arrays } from "../engine/array_spec.ts";
import { DataError, ParameterError } from "../errors.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { shuffle } from "../random.ts";
import { batchArrays, nextItemInputs, nextItemLoss } from "./next_item.ts";
import type { Objective, ObjectiveSettings } from "./objective.ts";
import { packBatches, rowsFor } from "./packing/packing.ts";
import { prefixSegments, sequenceSegments } from "./packing/segments.ts";

/**
 * Trains a model to predict each next item of the training sequences among all items.
 *
 * @throws {DataError} if no user has two training items
 * @throws {ParameterError} if the model reads the next item off at a mask
 */
export function nextItemObjective(
  model: SequenceModel,
  domain: Pick<Domain, "name" | "sequences" | "features">,
  { batchSize, instances }: ObjectiveSettings,
): Objective {
  checkModel(model);
  const { sequences } = domain;
  const makeSegments = instances === "prefix" ? prefixSegments : sequenceSegments;
  const segments = makeSegments(sequences, model.maxLength);
  if (segments.length === 0) throw nothingToTrainOn(domain.name);
  const length = model.maxLength;
  const shape = { rows: rowsFor(segments, batchSize, length), length, capacity: batchSize };
  const constants: Arrays = model.featureSize === null ? {} : { features: domain.features!.values };
  return {
    inputs: nextItemInputs(model, shape),
    constants,
    loss: nextItemLoss(model),
    batches: (generator) =>
      packBatches(shuffle(generator, segments.slice()), sequences, shape).map((batch) => ({
        arrays: () => batchArrays(batch),
        instances: batch.instances,
      })),
  };
}

function checkModel({ name, queryAt }: SequenceModel) {
  if (queryAt === "last item") return;
  throw new ParameterError({
    where: "objective",
    expected: "a model that predicts at the last item, such as SASRec",
    found: name,
    advice: "Train this model with clozeObjective.",
  });
}

/** The error of a domain whose sequences are all too short. */
export function nothingToTrainOn(name: string): DataError {
  return new DataError({
    where: `training sequences of ${name}`,
    expected: "a user with at least two training items, beside the two held out",
    found: "none",
    advice: "Use a data set with longer sequences.",
  });
}
