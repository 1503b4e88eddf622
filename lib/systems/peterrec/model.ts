import * as tf from "@tensorflow/tfjs";
import { checkSizes } from "../../nn/check_config.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import {
  convolveSequences,
  defaultNextItNetConfig,
  networkSpecs,
  type NextItNetConfig,
  patchSpecs,
} from "./network.ts";

/**
 * Prefixes of the names of what stays as it was pre-trained. What trains are the patches, the layer norms, as the authors
 * do, the task and the target's items.
 */
export const frozenNetwork: readonly string[] = ["source.", "network."];

/**
 * Makes PeterRec (Yuan et al., 2020): reads what a user did in one domain, and scores the items of another.
 *
 * Its network is NextItNet with a patch behind every convolution. What it reads are rows of the item table: number
 * `items` stands at the end of each sequence and asks for an item of the target, the source's items are counted from
 * `items` + 1 on.
 *
 * @param items how many items the target has
 * @param sourceItems how many items the source has
 * @param config sizes that differ from the defaults
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createPeterRec } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createPeterRec(1000, 5000, { hiddenSize: 64 });
 * assert.deepEqual(model.parameters["source.embedding"].shape, [5000, 64]);
 * ```
 */
export function createPeterRec(
  items: number,
  sourceItems: number,
  config: Partial<NextItNetConfig> = {},
): SequenceModel {
  const settings = completeConfig(defaultNextItNetConfig, config);
  checkSizes(items, { ...settings, sourceItems });
  const { hiddenSize, maxLength } = settings;
  return {
    name: "PeterRec",
    config: { ...settings, sourceItems },
    items,
    hiddenSize,
    maxLength,
    featureSize: null,
    queryAt: "last item",
    parameters: {
      "items.embedding": { shape: [items, hiddenSize], initial: "normal" },
      "task.embedding": { shape: [1, hiddenSize], initial: "normal" },
      "source.embedding": { shape: [sourceItems, hiddenSize], initial: "normal" },
      ...networkSpecs(settings),
      ...patchSpecs(settings),
    },
    itemTable: (parameters) =>
      tf.concat(["items", "task", "source"].map((part) => parameters[`${part}.embedding`]), 0),
    encode(table, { items, positions }, parameters, noise) {
      const x = tf.gather(table, items as tf.Tensor1D); // [slots, hidden]
      return convolveSequences(x, positions, parameters, settings, true, noise);
    },
    asQueries: (sequences) => sequences,
    asCandidates: (table) => tf.slice(table, [0, 0], [items, hiddenSize]),
  };
}
