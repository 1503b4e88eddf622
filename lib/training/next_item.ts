import * as tf from "@tensorflow/tfjs";
import type { Arrays, ArraySpec } from "../engine/array_spec.ts";
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

/** Returns a batch's arrays under the names of `nextItemInputs`. */
export function batchArrays({ items, positions, segments, queries, targets, weights }: PackedBatch): Arrays {
  return { items, positions, segments, queries, targets, weights };
}

/**
 * Makes the loss of predicting each next item among all items: the mean cross-entropy over the batch's predictions.
 *
 * This is what SASRec is trained with, and UniSRec in fine-tuning (Eqs. 11 and 12).
 */
export function nextItemLoss(model: SequenceModel): Loss {
  return (parameters, inputs, noise) => {
    const table = model.itemTable(parameters, inputs.features ?? null, noise); // [items, hidden]
    const { items, positions, segments } = inputs;
    const encoded = model.encode(table, { items, positions, segments }, parameters, noise); // [slots, hidden]
    const sequences = tf.gather(encoded, inputs.queries as tf.Tensor1D); // [capacity, hidden]
    const queries = model.asQueries(sequences, parameters);
    const candidates = model.asCandidates(table, parameters);
    return { loss: itemCrossEntropy(queries, candidates, inputs.targets, inputs.weights) };
  };
}
