import * as tf from "@tensorflow/tfjs";
import type { NoiseSource } from "../../engine/noise.ts";
import { dropout } from "../../nn/dropout.ts";
import { gelu } from "../../nn/gelu.ts";
import { layerNorm, layerNormSpecs } from "../../nn/layer_norm.ts";
import { linear, linearSpecs } from "../../nn/linear.ts";
import type { Parameters, ParameterSpecs } from "../../nn/parameters.ts";
import { defaultEncoderConfig, type EncoderConfig } from "../../nn/transformer_encoder.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { createSasRec } from "../sasrec/model.ts";

/**
 * Makes RecGURU (Li et al., 2022) as it recommends: item IDs, a causal Transformer, scores by dot product.
 *
 * This is SASRec; what makes it RecGURU is the network that it is pre-trained in.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 */
export function createRecGuru(items: number, config: Partial<EncoderConfig> = {}): SequenceModel {
  return { ...createSasRec(items, config), name: "RecGURU" };
}

/** What RecGURU is pre-trained in: its model, whose output at a sequence's last item represents the user, and two readers. */
export interface RecGuruNetwork {
  model: SequenceModel;
  /** Those of the model, under their own names, and of the readers. */
  parameters: ParameterSpecs;
  /**
   * Returns what stood at positions of users' sequences, to be compared with the item table.
   *
   * @param users representations `[queries, hidden]`
   * @param positions int32 `[queries]`
   * @returns `[queries, hidden]`
   */
  decode(
    users: tf.Tensor,
    positions: tf.Tensor,
    parameters: Parameters,
    noise: NoiseSource | null,
  ): tf.Tensor;
  /** Returns what to compare with the row of each domain in `discriminator.domains`. `[users, hidden]`, same shape */
  discriminate(users: tf.Tensor, parameters: Parameters): tf.Tensor;
}

/**
 * Makes the network in which RecGURU is pre-trained.
 *
 * The decoder adds a position embedding to the user representation and sends the sum through a two-layer perceptron: it
 * has nothing else to go by. The discriminator is a two-layer perceptron too.
 *
 * @param items how many items all domains have
 * @param domains how many there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createRecGuruNetwork } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const { parameters } = createRecGuruNetwork(1000, 2, { hiddenSize: 64 });
 * assert.deepEqual(parameters["discriminator.domains"].shape, [2, 64]);
 * ```
 */
export function createRecGuruNetwork(
  items: number,
  domains: number,
  config: Partial<EncoderConfig> = {},
): RecGuruNetwork {
  const { hiddenSize, innerSize, maxLength, dropout: rate } = completeConfig(defaultEncoderConfig, config);
  const model = createRecGuru(items, config);
  return {
    model,
    parameters: {
      ...model.parameters,
      "decoder.positions.embedding": { shape: [maxLength, hiddenSize], initial: "normal" },
      ...layerNormSpecs("decoder.input.norm", hiddenSize),
      ...linearSpecs("decoder.inner", hiddenSize, innerSize),
      ...linearSpecs("decoder.outer", innerSize, hiddenSize),
      ...layerNormSpecs("decoder.norm", hiddenSize),
      ...linearSpecs("discriminator.inner", hiddenSize, hiddenSize),
      "discriminator.domains": { shape: [domains, hiddenSize], initial: "normal" },
    },
    decode(users, positions, parameters, noise) {
      const places = tf.gather(parameters["decoder.positions.embedding"], positions as tf.Tensor1D);
      const x = layerNorm(tf.add(users, places), parameters, "decoder.input.norm"); // [queries, hidden]
      const inner = gelu(linear(x, parameters, "decoder.inner")); // [queries, inner]
      const outer = dropout(linear(inner, parameters, "decoder.outer"), rate, noise);
      return layerNorm(tf.add(x, outer), parameters, "decoder.norm");
    },
    discriminate: (users, parameters) => gelu(linear(users, parameters, "discriminator.inner")),
  };
}
