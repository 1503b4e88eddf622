import { sizeOf } from "../../lib/engine/array_spec.ts";
import type { SequenceModel } from "../../lib/models/model.ts";
import type { PackedBatch } from "../../lib/training/packing.ts";

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
  const { hiddenSize, items, parameters } = model;
  const sizes = Object.entries(parameters).map(([name, { shape }]) => ({ name, size: sizeOf(shape) }));
  const sizeOfAll = (pattern: RegExp) =>
    sizes.filter(({ name }) => pattern.test(name)).reduce((sum, { size }) => sum + size, 0);
  const layers = sizes.filter(({ name }) => name.endsWith(".attention.query.kernel")).length;

  // a position attends to itself and to those before it
  const pairs = batch.positions.reduce(
    (sum, position, slot) => batch.segments[slot] < 0 ? sum : sum + position + 1,
    0,
  );
  const encoder = batch.used * sizeOfAll(/^encoder\..*\.kernel$/) + layers * 2 * pairs * hiddenSize;
  const scores = batch.instances * items * hiddenSize;
  if (model.featureSize === null) return trainedBoth * (encoder + scores);

  const projections = items * sizeOfAll(/^adaptor\..*\.kernel$/);
  const expertOutputs = parameters["adaptor.experts.kernel"].shape[1];
  const mixture = items * expertOutputs;
  const biases = model.featureSize * expertOutputs;
  return trainedBoth * (encoder + scores + mixture + biases) + trainedOne * projections;
}
