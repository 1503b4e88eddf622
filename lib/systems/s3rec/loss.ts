import * as tf from "@tensorflow/tfjs";
import type { ArraySpec } from "../../engine/array_spec.ts";
import type { NoiseSource } from "../../engine/noise.ts";
import type { S3RecPretraining } from "./model.ts";
import { binaryCrossEntropies } from "../../nn/losses/binary_cross_entropy.ts";
import { linear } from "../../nn/linear.ts";
import type { Parameters } from "../../nn/parameters.ts";
import type { BatchShape } from "../../training/packing/packing.ts";
import type { Loss } from "../../training/step.ts";

/** Weights of the tasks in the sum, as the authors of UniSRec set them. */
export const s3RecTasks = { associatedAttribute: 1, maskedItem: 0.2, maskedAttribute: 1, segment: 0.5 };

/**
 * The share of the attributes that an item has, at which their logits start: −log N, where the authors' code has 0.
 *
 * From 0 the first hundreds of steps do nothing but push all N logits down, by one direction that the representations
 * of all sequences then share, and by killing the ReLU of the attributes: the representations collapse, the attributes
 * are told no better than by chance, and fine-tuning at learning rate 3e-3 does not recover (README, Limits). From the
 * share that is true the tasks are learnt.
 *
 * This is its name in a run's settings; `s3RecLoss` has its logarithm.
 */
export const attributePrior = "1 / items";

/**
 * What stands in the slots of the same sequences when they are encoded: single items masked; a stretch masked; the
 * stretch alone, all else masked; another sequence's stretch in its place, all else masked.
 */
export const s3RecViews = ["maskedItems", "maskedSegment", "segment", "otherSegment"] as const;

/** Lists the arrays of a step of S3-Rec's pre-training. */
export function s3RecInputs(
  { items, featureSize }: Pick<S3RecPretraining, "items" | "featureSize">,
  { rows, length, capacity }: BatchShape,
): Record<string, ArraySpec> {
  const slots: ArraySpec = { shape: [rows * length], type: "int32" };
  const predictions: ArraySpec = { shape: [capacity], type: "int32" };
  const weights: ArraySpec = { shape: [capacity], type: "float32" };
  return {
    features: { shape: [items, featureSize], type: "float32" },
    ...Object.fromEntries(s3RecViews.map((view) => [view, slots])),
    positions: slots,
    segments: slots,
    // the slots of the items, which item and which attribute each is, and an item that it is not
    queries: predictions,
    targets: predictions,
    attributes: predictions,
    negatives: predictions,
    // one of these is 0: an item is either seen or masked
    seenWeights: weights,
    maskedWeights: weights,
    // the last slots of the sequences of which a stretch is masked
    ends: predictions,
    endWeights: weights,
  };
}

/** What S3-Rec computes of a batch before it compares. */
export interface S3RecPredictions {
  /** The side of the attribute scores that comes from the sequences, `[capacity, hidden]`. */
  queries: tf.Tensor;
  /** The other side, `[items, hidden]`. */
  attributes: tf.Tensor;
  /** How well the true item and another one fit a masked slot, from 0 to 1; `[capacity]` each. */
  maskedItem: { positive: tf.Tensor; negative: tf.Tensor };
  /** The same of the masked stretch and another sequence's. */
  segment: { positive: tf.Tensor; negative: tf.Tensor };
}

/** Encodes all views of a batch in one pass and reads off what the four tasks compare. */
export function s3RecPredictions(
  model: S3RecPretraining,
  parameters: Parameters,
  inputs: Record<string, tf.Tensor>,
  noise: NoiseSource | null,
): S3RecPredictions {
  const table = model.itemTable(parameters); // [items + 1, hidden]
  const everyView = (layout: tf.Tensor) => tf.concat(s3RecViews.map(() => layout));
  const encoded = model.encode(
    table,
    {
      items: tf.concat(s3RecViews.map((view) => inputs[view])),
      positions: everyView(inputs.positions),
      segments: everyView(inputs.segments),
    },
    parameters,
    noise,
  ); // [views · slots, hidden]
  const [slots] = inputs.positions.shape;
  const read = (view: (typeof s3RecViews)[number], at: tf.Tensor) =>
    tf.gather(encoded, tf.add(at, tf.scalar(s3RecViews.indexOf(view) * slots, "int32")) as tf.Tensor1D);
  const fit = (left: tf.Tensor, right: tf.Tensor) => tf.sigmoid(tf.sum(tf.mul(left, right), 1));

  const sequences = read("maskedItems", inputs.queries); // [capacity, hidden]
  const isMasked = tf.expandDims(tf.cast(tf.greater(inputs.maskedWeights, 0), "float32"), 1); // [capacity, 1]
  const seen = linear(sequences, parameters, "associatedAttribute");
  const masked = linear(sequences, parameters, "maskedAttribute");
  const inPlace = linear(sequences, parameters, "maskedItem");
  const context = linear(read("maskedSegment", inputs.ends), parameters, "segment");
  return {
    queries: tf.add(seen, tf.mul(isMasked, tf.sub(masked, seen))),
    attributes: model.attributeTable(inputs.features, parameters),
    maskedItem: {
      positive: fit(inPlace, tf.gather(table, inputs.targets as tf.Tensor1D)),
      negative: fit(inPlace, tf.gather(table, inputs.negatives as tf.Tensor1D)),
    },
    segment: {
      positive: fit(context, read("segment", inputs.ends)),
      negative: fit(context, read("otherSegment", inputs.ends)),
    },
  };
}

/**
 * Makes the loss of S3-Rec's pre-training, the weighted sum of four tasks.
 *
 * From an item's slot, tell its attribute among all: of items that are seen (associated attribute prediction) and of
 * masked ones (masked attribute prediction). Prefer the masked item to another one (masked item prediction), and the
 * masked stretch to another sequence's (segment prediction); both compare σ(fit), as the authors' code does, and stop
 * to learn where both fits are at 0 or 1. Beside `loss` it returns each task's weighted mean, without the task's weight.
 *
 * @param attributeOffset added to every attribute's logit: that of `attributePrior`; 0 in the authors' code
 */
export function s3RecLoss(
  model: S3RecPretraining,
  attributeOffset = -Math.log(model.items),
): Loss {
  return (parameters, inputs, noise) => {
    const { queries, attributes, maskedItem, segment } = s3RecPredictions(model, parameters, inputs, noise);
    const attributeLosses = binaryCrossEntropies(queries, attributes, inputs.attributes, attributeOffset); // [capacity]
    const weighted = (weights: tf.Tensor, losses: tf.Tensor) => tf.sum(tf.mul(weights, losses));
    // −log σ(positive − negative)
    const preference = ({ positive, negative }: { positive: tf.Tensor; negative: tf.Tensor }) =>
      tf.softplus(tf.sub(negative, positive));
    const losses = {
      associatedAttribute: weighted(inputs.seenWeights, attributeLosses),
      maskedItem: weighted(inputs.maskedWeights, preference(maskedItem)),
      maskedAttribute: weighted(inputs.maskedWeights, attributeLosses),
      segment: weighted(inputs.endWeights, preference(segment)),
    };
    const loss = Object.entries(s3RecTasks)
      .map(([task, weight]) => tf.mul(losses[task as keyof typeof losses], weight))
      .reduce((sum, part) => tf.add(sum, part));
    return { loss, ...losses };
  };
}
