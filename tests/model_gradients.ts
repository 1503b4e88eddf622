import type { Arrays } from "../lib/engine/array_spec.ts";
import type { Computation } from "../lib/engine/program.ts";
import type { SequenceModel } from "../lib/nn/sequence_model.ts";
import { nextItemLoss } from "../lib/training/next_item.ts";
import { type Loss, lossAndGradients, parametersOf, trainableNames } from "../lib/training/step.ts";

/** The training loss in the reference's evaluation mode: no dropout, no gate noise. */
export function evaluationLoss(model: SequenceModel): Loss {
  return nextItemLoss({
    ...model,
    itemTable: (parameters, features) => model.itemTable(parameters, features, null),
    encode: (table, input, parameters) => model.encode(table, input, parameters, null),
  });
}

/** A computation that returns the losses, and the gradients as `gradient/name`. */
export function gradientsOf(loss: Loss, model: SequenceModel, frozen: string[] = []): Computation {
  return (inputs, noise) => {
    const parameters = parametersOf(model.parameters, inputs);
    const { losses, gradients } = lossAndGradients(
      loss,
      parameters,
      trainableNames(model.parameters, frozen),
      inputs,
      noise,
    );
    return { ...losses, ...prefixed("gradient/", gradients) };
  };
}

/** Puts a prefix before every name. */
export function prefixed<T>(prefix: string, record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [prefix + name, value]));
}

/** Returns the arrays whose names have a prefix, without it. */
export function unprefixed(prefix: string, arrays: Arrays): Arrays {
  return Object.fromEntries(
    Object.entries(arrays)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, values]) => [name.slice(prefix.length), values]),
  );
}
