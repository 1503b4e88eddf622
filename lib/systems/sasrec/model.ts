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
 * Makes SASRec (Kang and McAuley, 2018): item IDs, a causal Transformer, scores by dot product.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createSasRec } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createSasRec(1000, { hiddenSize: 64 });
 * assert.deepEqual(model.parameters["items.embedding"].shape, [1000, 64]);
 * ```
 */
export function createSasRec(items: number, config: Partial<EncoderConfig> = {}): SequenceModel {
  const encoder = completeConfig(defaultEncoderConfig, config);
  checkEncoderConfig(items, encoder);
  return {
    name: "SASRec",
    config: { ...encoder },
    items,
    hiddenSize: encoder.hiddenSize,
    maxLength: encoder.maxLength,
    featureSize: null,
    queryAt: "last item",
    parameters: {
      "items.embedding": { shape: [items, encoder.hiddenSize], initial: "normal", itemRows: items },
      ...encoderSpecs(encoder),
    },
    itemTable: (parameters) => parameters["items.embedding"],
    encode: (table, input, parameters, noise) => encodeSequences(table, input, parameters, encoder, noise),
    asQueries: (sequences) => sequences,
    asCandidates: (table) => table,
  };
}
