import * as tf from "@tensorflow/tfjs";
import { ParameterError } from "../../errors.ts";
import { gelu } from "../../nn/gelu.ts";
import { layerNorm, layerNormSpecs } from "../../nn/layer_norm.ts";
import { linear, linearSpecs } from "../../nn/linear.ts";
import {
  defaultEncoderConfig,
  type EncoderConfig,
  encoderSpecs,
  encodeSequences,
} from "../../nn/transformer_encoder.ts";
import { checkEncoderConfig } from "../../nn/check_config.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";

/**
 * Makes BERT4Rec (Sun et al., 2019): item IDs, a Transformer that reads in both directions, an item read off a mask.
 *
 * The mask is the last row of the item table, number `items`. Train it with `clozeObjective`: to predict each next item
 * would be no task, as an item sees the one after it.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createBert4Rec } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createBert4Rec(1000, { hiddenSize: 64 });
 * assert.deepEqual(model.parameters["items.embedding"].shape, [1001, 64]);
 * ```
 */
export function createBert4Rec(items: number, config: Partial<EncoderConfig> = {}): SequenceModel {
  const encoder = completeConfig(defaultEncoderConfig, config);
  checkEncoderConfig(items, encoder);
  const { hiddenSize, maxLength } = encoder;
  if (maxLength < 2) {
    throw new ParameterError({
      where: "maxLength",
      expected: "at least 2 for BERT4Rec, an item and the mask",
      found: String(maxLength),
      advice: "The reference uses 50.",
    });
  }
  return {
    name: "BERT4Rec",
    config: { ...encoder },
    items,
    hiddenSize,
    maxLength,
    featureSize: null,
    queryAt: "mask",
    parameters: {
      "items.embedding": { shape: [items + 1, hiddenSize], initial: "normal", itemRows: items },
      "items.bias": { shape: [items], initial: "zeros", itemRows: items },
      ...encoderSpecs(encoder),
      ...linearSpecs("output", hiddenSize, hiddenSize),
      ...layerNormSpecs("output.norm", hiddenSize),
    },
    itemTable: (parameters) => parameters["items.embedding"],
    encode: (table, input, parameters, noise) =>
      encodeSequences(table, input, parameters, encoder, noise, false),
    asQueries(sequences, parameters) {
      const read = gelu(linear(sequences, parameters, "output")); // [queries, hidden]
      const normalised = layerNorm(read, parameters, "output.norm") as tf.Tensor2D;
      // a 1 at the end of each row, so that the product with a candidate adds its bias
      return tf.pad(normalised, [[0, 0], [0, 1]], 1); // [queries, hidden + 1]
    },
    asCandidates(table, parameters) {
      const withoutMask = tf.slice(table, [0, 0], [table.shape[0] - 1, hiddenSize]);
      return tf.concat([withoutMask, tf.expandDims(parameters["items.bias"], 1)], 1); // [items, hidden + 1]
    },
  };
}
