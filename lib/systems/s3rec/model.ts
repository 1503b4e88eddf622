import * as tf from "@tensorflow/tfjs";
import type { NoiseSource } from "../../engine/noise.ts";
import { linear, linearSpecs } from "../../nn/linear.ts";
import type { Parameters, ParameterSpecs } from "../../nn/parameters.ts";
import {
  defaultEncoderConfig,
  type EncoderConfig,
  encodeSequences,
  type PackedInput,
} from "../../nn/transformer_encoder.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { createSasRec } from "../sasrec/model.ts";

/**
 * Makes S3-Rec (Zhou et al., 2020) as it is fine-tuned and evaluated: SASRec, which starts from pre-trained parameters.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createS3Rec } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createS3Rec(1000, { hiddenSize: 64 });
 * assert.deepEqual(model.parameters["items.embedding"].shape, [1000, 64]);
 * ```
 */
export function createS3Rec(items: number, config: Partial<EncoderConfig> = {}): SequenceModel {
  return { ...createSasRec(items, config), name: "S3-Rec" };
}

/** The layers that compare sequences with something else, one for each task of pre-training. */
export const s3RecHeads = ["associatedAttribute", "maskedItem", "maskedAttribute", "segment"] as const;

/** S3-Rec as it is pre-trained: a mask takes the place of hidden items, and an item sees later ones too. */
export interface S3RecPretraining {
  items: number;
  featureSize: number;
  /** Those of the fine-tuned model and those that only pre-training needs. */
  parameters: ParameterSpecs;
  /** Returns the items' embeddings, and that of the mask as item number `items`. `[items + 1, hidden]` */
  itemTable(parameters: Parameters): tf.Tensor;
  /**
   * Returns the embeddings of the attributes. As in UniSRec's comparison each item has one attribute of its own, made
   * from its text features by a linear layer and ReLU. `[items, hidden]`
   */
  attributeTable(features: tf.Tensor, parameters: Parameters): tf.Tensor;
  /** Returns each slot's representation in the light of its whole sequence, `[slots, hidden]`. */
  encode(
    table: tf.Tensor,
    input: PackedInput,
    parameters: Parameters,
    noise: NoiseSource | null,
  ): tf.Tensor;
}

/**
 * Makes S3-Rec for pre-training on a domain's items.
 *
 * @param featureSize numbers per text feature vector
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 */
export function createS3RecPretraining(
  items: number,
  featureSize: number,
  config: Partial<EncoderConfig> = {},
): S3RecPretraining {
  const { parameters } = createS3Rec(items, config);
  const encoder = completeConfig(defaultEncoderConfig, config);
  const { hiddenSize } = encoder;
  return {
    items,
    featureSize,
    parameters: {
      ...parameters,
      "mask.embedding": { shape: [1, hiddenSize], initial: "normal" },
      ...linearSpecs("attributes", featureSize, hiddenSize),
      ...Object.assign({}, ...s3RecHeads.map((head) => linearSpecs(head, hiddenSize, hiddenSize))),
    },
    itemTable: (parameters) => tf.concat([parameters["items.embedding"], parameters["mask.embedding"]]),
    attributeTable: (features, parameters) => tf.relu(linear(features, parameters, "attributes")),
    encode: (table, input, parameters, noise) =>
      encodeSequences(table, input, parameters, encoder, noise, false),
  };
}
