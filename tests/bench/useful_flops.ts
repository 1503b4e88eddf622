import { sizeOf } from "../../lib/engine/array_spec.ts";
import type { SequenceModel } from "../../lib/nn/sequence_model.ts";
import type { PackedBatch } from "../../lib/training/packing/packing.ts";

/** Floating-point operations per multiply-add, times the products: forward, gradient of the left and right side. */
const trainedBoth = 2 * 3;
/** The same where one side is data, of which no gradient is taken. */
const trainedOne = 2 * 2;

/**
 * Counts the floating-point operations that a training step cannot do without: the matrix products of the forward pass
 * and of the gradients, for what a batch really holds.
 *
 * Empty slots, pairs of positions that may not attend to each other, and everything that is not a matrix product
 * (softmax, norms, dropout, Adam) count nothing.
 */
export function usefulFlops(model: SequenceModel, batch: PackedBatch): number {
  const scores = batch.instances * model.items * model.hiddenSize;
  return trainedBoth * (encoderProducts(model, batch) + scores) + adaptorFlops(model, model.items);
}

/**
 * Counts the same for a pre-training step: both views are encoded, and every instance is compared with every other.
 *
 * @param views the batch's sequences and their augmented view
 * @param instances in the batch
 * @param items distinct ones in the batch, whose text features are adapted
 */
export function pretrainingFlops(
  model: SequenceModel,
  views: readonly Pick<PackedBatch, "positions" | "segments">[],
  instances: number,
  items: number,
): number {
  const encoders = views.reduce((sum, view) => sum + encoderProducts(model, view), 0);
  const scores = views.length * instances * instances * model.hiddenSize;
  return trainedBoth * (encoders + scores) + adaptorFlops(model, items);
}

function sizeOfAll({ parameters }: SequenceModel, pattern: RegExp): number {
  return Object.entries(parameters).filter(([name]) => pattern.test(name))
    .reduce((sum, [, { shape }]) => sum + sizeOf(shape), 0);
}

/** Multiply-adds of the encoder's forward pass. */
function encoderProducts(
  model: SequenceModel,
  { positions, segments }: Pick<PackedBatch, "positions" | "segments">,
): number {
  const layers =
    Object.keys(model.parameters).filter((name) => name.endsWith(".attention.query.kernel")).length;
  let used = 0;
  let pairs = 0;
  for (const [slot, segment] of segments.entries()) {
    if (segment < 0) continue;
    used++;
    pairs += positions[slot] + 1; // a position attends to itself and to those before it
  }
  return used * sizeOfAll(model, /^encoder\..*\.kernel$/) + layers * 2 * pairs * model.hiddenSize;
}

/** Operations of adapting text features, none for a model without them. */
function adaptorFlops(model: SequenceModel, items: number): number {
  if (model.featureSize === null) return 0;
  const projections = items * sizeOfAll(model, /^adaptor\..*\.kernel$/);
  const expertOutputs = model.parameters["adaptor.experts.kernel"].shape[1];
  const mixture = 2 * items * expertOutputs; // of the experts' outputs, and of their biases' part
  const biases = model.featureSize * expertOutputs;
  return trainedBoth * (mixture + biases) + trainedOne * projections;
}
