import * as tf from "@tensorflow/tfjs";
import type { Arrays, ArraySpec } from "../engine/array_spec.ts";
import { ParameterError } from "../errors.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { itemCrossEntropy } from "../nn/losses/item_cross_entropy.ts";
import type { BatchShape, PackedBatch } from "./packing/packing.ts";
import type { Loss } from "./step.ts";

/** Lists the arrays of a packed batch, and the text features if the model reads them. */
export function nextItemInputs(
  model: Pick<SequenceModel, "items" | "featureSize">,
  { rows, length, capacity }: BatchShape,
): Record<string, ArraySpec> {
  const slots: ArraySpec = { shape: [rows * length], type: "int32" };
  const predictions: ArraySpec = { shape: [capacity], type: "int32" };
  return {
    ...featureInput(model),
    items: slots,
    positions: slots,
    segments: slots,
    queries: predictions,
    targets: predictions,
    weights: { shape: [capacity], type: "float32" },
  };
}

/** Lists the text features that a model reads: `features` [items, feature size], or nothing. */
export function featureInput(
  { items, featureSize }: Pick<SequenceModel, "items" | "featureSize">,
): Record<string, ArraySpec> {
  return featureSize === null ? {} : { features: { shape: [items, featureSize], type: "float32" } };
}

/** Names of the inputs of a step that does not know all items: which it knows, and what is added to their scores. */
export const knownNames = { items: "known/items", corrections: "known/corrections" };

/** Returns a batch's arrays under the names of `nextItemInputs`. */
export function batchArrays({ items, positions, segments, queries, targets, weights }: PackedBatch): Arrays {
  return { items, positions, segments, queries, targets, weights };
}

/**
 * Makes the loss of predicting each next item among all items: the mean cross-entropy over the batch's predictions.
 *
 * This is what SASRec is trained with, and UniSRec in fine-tuning (Eqs. 11 and 12). Where a batch brings a list of the items
 * that its step knows, these are the candidates, and items are numbered by their places in it.
 */
export function nextItemLoss(model: SequenceModel): Loss {
  return (parameters, inputs, noise) => {
    const { [knownNames.items]: known, [knownNames.corrections]: corrections } = inputs;
    const features = known && inputs.features
      ? tf.gather(inputs.features, known as tf.Tensor1D)
      : inputs.features ?? null;
    const table = model.itemTable(parameters, features, noise); // [items, hidden]
    const { items, positions, segments } = inputs;
    const encoded = model.encode(table, { items, positions, segments }, parameters, noise); // [slots, hidden]
    const sequences = tf.gather(encoded, inputs.queries as tf.Tensor1D); // [capacity, hidden]
    const queries = model.asQueries(sequences, parameters);
    const candidates = model.asCandidates(table, parameters);
    if (known) checkKnown(model.name, candidates, known);
    return { loss: itemCrossEntropy(queries, candidates, inputs.targets, inputs.weights, corrections) };
  };
}

/** Refuses a model that computes other items than those that a step knows: their scores would be other items'. */
function checkKnown(model: string, candidates: tf.Tensor, known: tf.Tensor) {
  if (candidates.shape[0] === known.shape[0]) return;
  throw new ParameterError({
    where: `negatives of ${model}`,
    expected: `a model that gives candidates for the ${known.shape[0]} items that a step knows`,
    found: String(candidates.shape[0]),
    advice:
      "Say in its parameters which have a row for each item (itemRows), or train on all items: negatives null.",
  });
}
