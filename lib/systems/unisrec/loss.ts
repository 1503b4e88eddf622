import * as tf from "@tensorflow/tfjs";
import type { ArraySpec } from "../../engine/array_spec.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { contrastiveLosses, type FalseNegatives, falseNegatives } from "../../nn/losses/contrast.ts";
import type { Parameters } from "../../nn/parameters.ts";
import type { BatchShape } from "../../training/packing/packing.ts";
import type { Loss } from "../../training/step.ts";

/** What UniSRec is pre-trained to do (Section 2.3). */
export interface PretrainingTasks {
  /** Weight of the sequence–item task (Eq. 8); 0 is the variant w/o S-I. */
  sequenceItem: number;
  /** λ, the weight of the sequence–sequence task (Eq. 9); 0 is the variant w/o S-S. */
  sequenceSequence: number;
  /**
   * `leave out`: instances with the same target or of the same user are not each other's negatives. `zero logit`: as
   * in the authors' code, those with the same target add 1 to the denominator, those of the same user are negatives.
   */
  falseNegatives: FalseNegatives;
  /**
   * `sequence`: all prefixes of a sequence are in one batch, encoded in one pass. `prefix`: as in the authors' code, each
   * is an instance by itself and in any batch, which costs as many passes.
   */
  instances: "sequence" | "prefix";
}

/** The paper's tasks, false negatives left out, whole sequences in a batch. */
export const defaultTasks: PretrainingTasks = {
  sequenceItem: 1,
  sequenceSequence: 1e-3,
  falseNegatives: "leave out",
  instances: "sequence",
};

/** The arrays of the batch and of its augmented view, as inputs of the step. */
const viewNames = ["items", "positions", "segments", "queries"] as const;
const augmented = (name: string) => `augmented/${name}`;

/** Name of the input that holds the weights of a domain's instances; the others' weights are 0 there. */
export const domainWeights = (domain: string): string => `weights/${domain}`;

/** Lists the arrays of a pre-training step. */
export function pretrainingInputs(
  { rows, length, capacity }: BatchShape,
  features: { rows: number; width: number },
  domains: readonly string[],
): Record<string, ArraySpec> {
  const slots: ArraySpec = { shape: [rows * length], type: "int32" };
  const instances: ArraySpec = { shape: [capacity], type: "int32" };
  const weights: ArraySpec = { shape: [capacity], type: "float32" };
  const view = { items: slots, positions: slots, segments: slots, queries: instances };
  return {
    features: { shape: [features.rows, features.width], type: "float32" },
    ...view,
    ...renameAugmented(view),
    targets: instances,
    users: instances,
    weights,
    ...Object.fromEntries(domains.map((domain) => [domainWeights(domain), weights])),
  };
}

/** Returns the arrays of an augmented view under the names that the loss reads them by. */
export function renameAugmented<T>(view: Record<(typeof viewNames)[number], T>): Record<string, T> {
  return Object.fromEntries(viewNames.map((name) => [augmented(name), view[name]]));
}

/**
 * Makes the loss of pre-training: the sequence–item task plus λ times the sequence–sequence task (Eq. 10).
 *
 * Every position of the batch is an instance: a query whose positives are the next item and the same prefix in the
 * augmented view, and whose negatives are those of the batch's other instances. Beside `loss` it returns the means of
 * `sequenceItem` and `sequenceSequence`, and each domain's part of them under `sequenceItem/<domain>`.
 *
 * @param model in the inductive setting; its items are the rows of the step's features
 * @param domains as in `pretrainingInputs`
 */
export function pretrainingLoss(
  model: SequenceModel,
  tasks: Pick<PretrainingTasks, "sequenceItem" | "sequenceSequence" | "falseNegatives">,
  domains: readonly string[],
): Loss {
  return (parameters, inputs, noise) => {
    const table = model.itemTable(parameters, inputs.features, noise); // [rows, hidden]
    const encode = (name: (plain: string) => string): tf.Tensor => {
      const [items, positions, segments, queries] = viewNames.map((plain) => inputs[name(plain)]);
      const encoded = model.encode(table, { items, positions, segments }, parameters, noise); // [slots, hidden]
      return tf.gather(encoded, queries as tf.Tensor1D); // [capacity, hidden]
    };
    const { targets, users, weights } = inputs;
    const queries = model.asQueries(encode((name) => name), parameters);
    const labels = tasks.falseNegatives === "leave out" ? [targets, users] : [targets];
    const notNegative = falseNegatives(...labels); // [capacity, capacity]
    const contrast = (positives: tf.Tensor) =>
      contrastiveLosses(
        queries,
        model.asCandidates(positives, parameters),
        notNegative,
        weights,
        tasks.falseNegatives,
      );

    const losses: Parameters = {};
    let loss: tf.Tensor | null = null;
    const add = (task: "sequenceItem" | "sequenceSequence", positives: () => tf.Tensor) => {
      if (tasks[task] === 0) return;
      const values = contrast(positives()); // [capacity]
      losses[task] = tf.sum(tf.mul(weights, values));
      for (const domain of domains) {
        losses[`${task}/${domain}`] = tf.sum(tf.mul(inputs[domainWeights(domain)], values));
      }
      const weighted = tf.mul(losses[task], tasks[task]);
      loss = loss ? tf.add(loss, weighted) : weighted;
    };
    add("sequenceItem", () => tf.gather(table, targets as tf.Tensor1D));
    add("sequenceSequence", () => encode(augmented));
    return { loss: loss!, ...losses };
  };
}
