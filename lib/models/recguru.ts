import * as tf from "@tensorflow/tfjs";
import type { NoiseSource } from "../engine/noise.ts";
import { dropout } from "../nn/dropout.ts";
import { gelu } from "../nn/gelu.ts";
import { layerNorm, layerNormSpecs } from "../nn/layer_norm.ts";
import { linear, linearSpecs } from "../nn/linear.ts";
import type { Parameters, ParameterSpecs } from "../nn/parameters.ts";
import { atSegmentEnds } from "../nn/segment_ends.ts";
import {
  defaultEncoderConfig,
  type EncoderConfig,
  encodeSequences,
  type PackedInput,
} from "../nn/transformer_encoder.ts";
import type { SequenceModel } from "./model.ts";
import { createSasRec } from "./sasrec.ts";

/**
 * Makes RecGURU (Li et al., 2022) as it recommends: item IDs, a causal Transformer, scores by dot product.
 *
 * This is SASRec; what makes it RecGURU is the autoencoder and the discriminator that it is pre-trained with.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 */
export function createRecGuru(items: number, config: Partial<EncoderConfig> = {}): SequenceModel {
  return { ...createSasRec(items, config), name: "RecGURU" };
}

/**
 * A sequence autoencoder: the encoder's output at a sequence's last item, the user representation, is all that the
 * decoder has to tell which item stood where.
 *
 * As a sequence model it ranks the items for the very slot at which it is read.
 */
export interface Autoencoder extends SequenceModel {
  /** Returns the representation of each slot's user: that of the whole sequence. `[slots, hidden]` */
  encodeUsers(
    table: tf.Tensor,
    input: PackedInput,
    parameters: Parameters,
    noise: NoiseSource | null,
  ): tf.Tensor;
  /**
   * Returns what stood at positions of users' sequences, to be compared with the item table.
   *
   * @param users `[queries, hidden]`
   * @param positions int32 `[queries]`
   * @returns `[queries, hidden]`
   */
  decode(
    users: tf.Tensor,
    positions: tf.Tensor,
    parameters: Parameters,
    noise: NoiseSource | null,
  ): tf.Tensor;
}

/**
 * Makes RecGURU's autoencoder; the parameters that it shares with the model of `createRecGuru` have the same names.
 *
 * The decoder adds a position embedding to the user representation and sends the sum through a two-layer perceptron. It
 * never sees the items: the original's decoder reads those before the one it is to tell, so it could do without the user.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createAutoencoder, createRecGuru } from "./recguru.ts";
 * import assert from "node:assert/strict";
 *
 * const autoencoder = createAutoencoder(1000, { hiddenSize: 64 });
 * for (const name of Object.keys(createRecGuru(1000).parameters)) assert.ok(name in autoencoder.parameters);
 * ```
 */
export function createAutoencoder(items: number, config: Partial<EncoderConfig> = {}): Autoencoder {
  const sizes = { ...defaultEncoderConfig, ...config };
  const { hiddenSize, innerSize, maxLength } = sizes;
  const model = createRecGuru(items, config);
  const encodeUsers: Autoencoder["encodeUsers"] = (table, input, parameters, noise) =>
    atSegmentEnds(encodeSequences(table, input, parameters, sizes, noise), input.segments, maxLength);
  const decode: Autoencoder["decode"] = (users, positions, parameters, noise) => {
    const places = tf.gather(parameters["decoder.positions.embedding"], positions as tf.Tensor1D);
    const x = layerNorm(tf.add(users, places), parameters, "decoder.input.norm"); // [queries, hidden]
    const inner = gelu(linear(x, parameters, "decoder.inner")); // [queries, inner]
    const outer = dropout(linear(inner, parameters, "decoder.outer"), sizes.dropout, noise);
    return layerNorm(tf.add(x, outer), parameters, "decoder.norm");
  };
  return {
    ...model,
    parameters: {
      ...model.parameters,
      "decoder.positions.embedding": { shape: [maxLength, hiddenSize], initial: "normal" },
      ...layerNormSpecs("decoder.input.norm", hiddenSize),
      ...linearSpecs("decoder.inner", hiddenSize, innerSize),
      ...linearSpecs("decoder.outer", innerSize, hiddenSize),
      ...layerNormSpecs("decoder.norm", hiddenSize),
    },
    encodeUsers,
    decode,
    encode: (table, input, parameters, noise) =>
      decode(encodeUsers(table, input, parameters, noise), input.positions, parameters, noise),
  };
}

/** Lists the parameters of the domain discriminator, a two-layer perceptron. */
export function discriminatorSpecs(domains: number, hiddenSize: number): ParameterSpecs {
  return {
    ...linearSpecs("discriminator.inner", hiddenSize, hiddenSize),
    "discriminator.domains": { shape: [domains, hiddenSize], initial: "normal" },
  };
}

/** Returns what the discriminator compares with its row for each domain. `[users, hidden]` → `[users, hidden]` */
export function discriminate(users: tf.Tensor, parameters: Parameters): tf.Tensor {
  return gelu(linear(users, parameters, "discriminator.inner"));
}
