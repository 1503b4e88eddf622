import * as tf from "@tensorflow/tfjs";
import { attentionMask } from "../../nn/attention.ts";
import { dropout } from "../../nn/dropout.ts";
import { layerNorm } from "../../nn/layer_norm.ts";
import { linear, linearSpecs } from "../../nn/linear.ts";
import {
  defaultEncoderConfig,
  embedInput,
  encodeLayers,
  type EncoderConfig,
  inputSpecs,
  layerSpecs,
} from "../../nn/transformer_encoder.ts";
import { checkEncoderConfig, checkFeatureSize } from "../../nn/check_config.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";

/** Sizes of FDSA; both encoders have the same. */
export interface FdsaConfig extends EncoderConfig {
  /** Numbers per text feature vector. */
  featureSize: number;
}

/** The reference's sizes for BERT-base features. */
export const defaultFdsaConfig: FdsaConfig = { ...defaultEncoderConfig, featureSize: 768 };

/**
 * Makes FDSA (Zhang et al., 2019): one Transformer reads item IDs, another item features, and both give the next item.
 *
 * As the paper's authors compared it, the features are text vectors through one linear layer and a ReLU, both streams
 * have the same position embedding, and one layer norm serves both inputs and the output. Items are scored by the dot
 * product with their ID embeddings alone. Their code overwrites the text vectors with noise when it initialises the
 * model, so that no text enters; here the texts are read. The item table is `[items, 2 · hidden]`: ID embedding beside features.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createFdsa } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createFdsa(1000, { hiddenSize: 64 });
 * assert.deepEqual(model.parameters["features.kernel"].shape, [768, 64]);
 * ```
 */
export function createFdsa(items: number, config: Partial<FdsaConfig> = {}): SequenceModel {
  const settings = completeConfig(defaultFdsaConfig, config);
  checkEncoderConfig(items, settings);
  checkFeatureSize(settings.featureSize);
  const { hiddenSize, maxLength, featureSize, dropout: rate } = settings;
  return {
    name: "FDSA",
    config: { ...settings },
    items,
    hiddenSize,
    maxLength,
    featureSize,
    queryAt: "last item",
    parameters: {
      "items.embedding": { shape: [items, hiddenSize], initial: "normal", itemRows: items },
      ...linearSpecs("features", featureSize, hiddenSize),
      ...inputSpecs(settings),
      ...layerSpecs("itemEncoder", settings),
      ...layerSpecs("featureEncoder", settings),
      ...linearSpecs("output", 2 * hiddenSize, hiddenSize),
    },
    itemTable(parameters, features) {
      const projected = tf.relu(linear(features!, parameters, "features")); // [items, hidden]
      return tf.concat([parameters["items.embedding"], projected], 1);
    },
    encode(table, input, parameters, noise) {
      const mask = attentionMask(input.segments, maxLength);
      const stream = (encoder: string, firstColumn: number) => {
        const half = tf.slice(table, [0, firstColumn], [-1, hiddenSize]); // [items, hidden]
        const x = embedInput(half, input, parameters, rate, noise); // [slots, hidden]
        return encodeLayers(x, mask, parameters, encoder, settings, noise);
      };
      const streams = tf.concat([stream("itemEncoder", 0), stream("featureEncoder", hiddenSize)], 1);
      const joined = linear(streams, parameters, "output"); // [slots, hidden]
      return dropout(layerNorm(joined, parameters, "input.norm"), rate, noise);
    },
    asQueries: (sequences) => sequences,
    asCandidates: (table) => tf.slice(table, [0, 0], [-1, hiddenSize]),
  };
}
