import { linear, linearSpecs } from "../../nn/linear.ts";
import {
  defaultEncoderConfig,
  type EncoderConfig,
  encoderSpecs,
  encodeSequences,
} from "../../nn/transformer_encoder.ts";
import { checkEncoderConfig, checkFeatureSize } from "../../nn/check_config.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";

/** Sizes of ZESRec. */
export interface ZesRecConfig extends EncoderConfig {
  /** Numbers per text feature vector. */
  featureSize: number;
}

/** The reference's sizes, for BERT-base features. */
export const defaultZesRecConfig: ZesRecConfig = { ...defaultEncoderConfig, featureSize: 768 };

/**
 * Makes ZESRec (Ding et al., 2021): text features through two linear layers, a causal Transformer, scores by dot product.
 *
 * There are no item IDs, so it can score the items of a domain that it was never trained on. As the authors of UniSRec
 * ran it, nothing non-linear stands between the two layers.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createZesRec } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createZesRec(1000, { hiddenSize: 64 });
 * assert.deepEqual(model.parameters["projection.inner.kernel"].shape, [768, 64]);
 * ```
 */
export function createZesRec(items: number, config: Partial<ZesRecConfig> = {}): SequenceModel {
  const settings = completeConfig(defaultZesRecConfig, config);
  checkEncoderConfig(items, settings);
  checkFeatureSize(settings.featureSize);
  const { hiddenSize, maxLength, featureSize } = settings;
  return {
    name: "ZESRec",
    config: { ...settings },
    items,
    hiddenSize,
    maxLength,
    featureSize,
    queryAt: "last item",
    parameters: {
      ...linearSpecs("projection.inner", featureSize, hiddenSize),
      ...linearSpecs("projection.outer", hiddenSize, hiddenSize),
      ...encoderSpecs(settings),
    },
    itemTable(parameters, features) {
      const inner = linear(features!, parameters, "projection.inner"); // [items, hidden]
      return linear(inner, parameters, "projection.outer");
    },
    encode: (table, input, parameters, noise) => encodeSequences(table, input, parameters, settings, noise),
    asQueries: (sequences) => sequences,
    asCandidates: (table) => table,
  };
}
