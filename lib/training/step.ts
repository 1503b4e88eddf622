import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine/tensor.ts";
import { EngineError } from "../errors.ts";
import type { ArraySpec } from "../engine/array_spec.ts";
import type { NoiseSource } from "../engine/noise.ts";
import type { Computation } from "../engine/program.ts";
import type { Parameters, ParameterSpec, ParameterSpecs } from "../nn/parameters.ts";
import { adam } from "./adam.ts";

/**
 * What a model is trained to make small: a scalar named `loss`, and further scalars to be shown beside it.
 *
 * @param inputs the batch and whatever else the loss reads
 */
export type Loss = (
  parameters: Parameters,
  inputs: Record<string, Tensor>,
  noise: NoiseSource,
) => { loss: Tensor } & Record<string, Tensor>;

/** Names of a step's arrays beside those of the batch. */
export const stepNames = {
  parameter: (name: string) => `parameters/${name}`,
  first: (name: string) => `adam/first/${name}`,
  second: (name: string) => `adam/second/${name}`,
  stepSize: "adam/stepSize",
  epsilon: "adam/epsilon",
};

/** Returns the parameters that a training step changes: all but those whose name starts with a frozen prefix. */
export function trainableNames(specs: ParameterSpecs, frozen: readonly string[] = []): string[] {
  return Object.keys(specs).filter((name) => !frozen.some((prefix) => name.startsWith(prefix)));
}

const scalar: ArraySpec = { shape: [], type: "float32" };

/** Lists a model's parameters as inputs of a program. */
export function parameterInputs(specs: ParameterSpecs): Record<string, ArraySpec> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape }]) => [stepNames.parameter(name), { shape, type: "float32" }]),
  );
}

/** Returns a model's parameters from among a program's inputs, by their own names. */
export function parametersOf(specs: ParameterSpecs, inputs: Record<string, tf.Tensor>): Parameters {
  return Object.fromEntries(Object.keys(specs).map((name) => [name, inputs[stepNames.parameter(name)]]));
}

/** Lists the inputs of a training step: parameters, Adam's state of the trainable ones, scalars, the batch. */
export function stepInputs(
  specs: ParameterSpecs,
  trainable: readonly string[],
  batch: Record<string, ArraySpec>,
): Record<string, ArraySpec> {
  const inputs = { ...parameterInputs(specs), [stepNames.stepSize]: scalar, [stepNames.epsilon]: scalar };
  for (const name of trainable) {
    inputs[stepNames.first(name)] = inputs[stepNames.second(name)] = {
      shape: specs[name].shape,
      type: "float32",
    };
  }
  return { ...inputs, ...batch };
}

/** Returns the loss's values and its gradients with respect to the trainable parameters, by name. */
export function lossAndGradients(
  loss: Loss,
  parameters: Parameters,
  trainable: readonly string[],
  inputs: Record<string, tf.Tensor>,
  noise: NoiseSource,
): { losses: Record<string, tf.Tensor>; gradients: Record<string, tf.Tensor> } {
  let losses: Record<string, tf.Tensor> = {};
  const evaluate = tf.valueAndGrads((...values: tf.Tensor[]) => {
    const trained = Object.fromEntries(trainable.map((name, i) => [name, values[i]]));
    losses = loss({ ...parameters, ...trained }, inputs, noise);
    for (const [name, value] of Object.entries(losses)) losses[name] = tf.keep(value);
    return losses.loss as tf.Scalar;
  });
  const { grads } = evaluate(trainable.map((name) => parameters[name]));
  return { losses, gradients: Object.fromEntries(trainable.map((name, i) => [name, grads[i]])) };
}

/**
 * Makes one training step as a pure function: parameters, Adam's state, batch and noise in; the new ones and losses out.
 *
 * Frozen parameters have no gradient, no optimizer state and no output.
 *
 * Where a step does not know all items, the loss is given the rows of the items that it knows, and of parameters with a
 * row for each item those rows alone are returned (see `rowsOf`): the others stay as they are, Adam's sums too, as in
 * PyTorch's SparseAdam.
 *
 * @param trainable names of the parameters that are changed
 * @param known the input that lists the items that a step knows; all if left out
 * @throws {EngineError} if nothing is trainable
 */
export function trainingStep(
  loss: Loss,
  specs: ParameterSpecs,
  trainable: readonly string[],
  known?: string,
): Computation {
  if (trainable.length === 0) {
    throw new EngineError({
      where: "trainable parameters",
      expected: "at least one",
      found: "none",
      advice: "Shorten the list of frozen prefixes.",
    });
  }
  return (inputs, noise) => {
    const read = (values: Parameters) => known ? readRows(specs, values, inputs[known]) : values;
    const parameters = read(parametersOf(specs, inputs));
    const { losses, gradients } = lossAndGradients(loss, parameters, trainable, inputs, noise);
    const outputs: Record<string, tf.Tensor> = { ...losses };
    const scalars = { stepSize: inputs[stepNames.stepSize], epsilon: inputs[stepNames.epsilon] };
    for (const name of trainable) {
      const [first, second] = [stepNames.first, stepNames.second]
        .map((kind) => read({ [name]: inputs[kind(name)] })[name]);
      const moments = { first, second };
      const updated = adam(parameters[name], gradients[name], moments, scalars);
      outputs[stepNames.parameter(name)] = updated.parameter;
      outputs[stepNames.first(name)] = updated.moments.first;
      outputs[stepNames.second(name)] = updated.moments.second;
    }
    return outputs;
  };
}

/** Tells whether a parameter has a row for each item. */
export function hasItemRows({ itemRows }: ParameterSpec): boolean {
  return itemRows !== undefined;
}

/** Returns which rows of a parameter a step reads and changes: those of the items that it knows, and all behind them. */
export function rowsOf({ shape: [rows], itemRows = rows }: ParameterSpec, known: Int32Array): Int32Array {
  return Int32Array.from(
    { length: known.length + rows - itemRows },
    (_, at) => at < known.length ? known[at] : itemRows + at - known.length,
  );
}

/** The same inside a computation. */
function rowTensor({ shape: [rows], itemRows = rows }: ParameterSpec, known: tf.Tensor): tf.Tensor1D {
  if (itemRows === rows) return known as tf.Tensor1D;
  return tf.concat1d([known as tf.Tensor1D, tf.range(itemRows, rows, 1, "int32")]);
}

/**
 * Returns arrays of the shapes of parameters, with the rows of some items alone where there is one for each item (see
 * `rowsOf`).
 *
 * @param list of the items, int32 `[some]`
 */
export function readRows(specs: ParameterSpecs, values: Parameters, list: tf.Tensor): Parameters {
  return Object.fromEntries(
    Object.entries(values).map((
      [name, whole],
    ) => [name, hasItemRows(specs[name]) ? tf.gather(whole, rowTensor(specs[name], list)) : whole]),
  );
}
