import type { Domain } from "../data/domain.ts";
import { trainingCounts } from "../data/training_counts.ts";
import type { Arrays } from "../engine/array_spec.ts";
import { DataError, ParameterError } from "../errors.ts";
import { scoresAtOnce } from "../nn/losses/item_cross_entropy.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { createGenerator, type Generator, shuffle } from "../random.ts";
import { knownItems } from "./known_items.ts";
import { batchArrays, knownNames, nextItemInputs, nextItemLoss } from "./next_item.ts";
import type { Objective, ObjectiveSettings } from "./objective.ts";
import { type BatchShape, packBatches, rowsFor } from "./packing/packing.ts";
import { prefixSegments, sequenceSegments } from "./packing/segments.ts";

/**
 * Trains a model to predict each next item of the training sequences among all items, or among those of its batch and
 * drawn ones.
 *
 * @throws {DataError} if no user has two training items
 * @throws {ParameterError} if the model reads the next item off at a mask
 */
export function nextItemObjective(
  model: SequenceModel,
  domain: Pick<Domain, "name" | "sequences" | "features">,
  { batchSize, instances, negatives = null }: ObjectiveSettings,
): Objective {
  checkModel(model);
  const { sequences } = domain;
  const makeSegments = instances === "prefix" ? prefixSegments : sequenceSegments;
  const segments = makeSegments(sequences, model.maxLength);
  if (segments.length === 0) throw nothingToTrainOn(domain.name);
  const length = model.maxLength;
  const shape = { rows: rowsFor(segments, batchSize, length), length, capacity: batchSize };
  const pack = (generator: Generator, packed: BatchShape) =>
    packBatches(shuffle(generator, segments.slice()), sequences, packed);
  const known = negatives &&
    knownItems(
      model,
      trainingCounts({ itemIds: { length: model.items }, sequences }),
      negatives,
      pack(createGenerator(1), shape),
      shape,
    );
  const constants: Arrays = model.featureSize === null ? {} : { features: domain.features!.values };
  return {
    inputs: { ...nextItemInputs(model, shape), ...known?.inputs },
    constants,
    ...(known ? { known: knownNames.items } : {}),
    scores: scoresAtOnce(batchSize, known?.size ?? model.items),
    loss: nextItemLoss(model),
    batches: (generator) =>
      pack(generator, known?.shape ?? shape).map((batch) => ({
        arrays: (generator) => known ? known.arrays(batch, generator) : batchArrays(batch),
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
