import * as tf from "@tensorflow/tfjs";
import { checkSizes } from "../../nn/check_config.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import { dropout } from "../../nn/dropout.ts";
import { gru, gruSpecs } from "../../nn/gru.ts";
import { linear, linearSpecs } from "../../nn/linear.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { defaultEncoderConfig, type EncoderConfig } from "../../nn/transformer_encoder.ts";

/** Sizes of GRU4Rec: those that it shares with the Transformers. */
export type Gru4RecConfig = Pick<EncoderConfig, "hiddenSize" | "maxLength" | "dropout">;

const { hiddenSize, maxLength } = defaultEncoderConfig;

/** The reference's sizes, and RecBole's dropout. */
export const defaultGru4RecConfig: Gru4RecConfig = { hiddenSize, maxLength, dropout: 0.3 };

/**
 * Makes GRU4Rec (Hidasi et al., 2016): item IDs, a layer of gated recurrent units, scores by dot product.
 *
 * Made and trained as in RecBole, like the paper's other baselines: dropout on what the units read, a linear layer on
 * their state, and each next item's cross-entropy among all items instead of a ranking loss over sampled ones.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createGru4Rec } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createGru4Rec(1000, { hiddenSize: 64 });
 * assert.deepEqual(model.parameters["gru.state.kernel"].shape, [64, 192]);
 * ```
 */
export function createGru4Rec(items: number, config: Partial<Gru4RecConfig> = {}): SequenceModel {
  const settings = completeConfig(defaultGru4RecConfig, config);
  checkSizes(items, settings);
  const { hiddenSize, maxLength, dropout: rate } = settings;
  return {
    name: "GRU4Rec",
    config: { ...settings },
    items,
    hiddenSize,
    maxLength,
    featureSize: null,
    queryAt: "last item",
    parameters: {
      "items.embedding": { shape: [items, hiddenSize], initial: "normal", itemRows: items },
      ...gruSpecs("gru", hiddenSize, hiddenSize),
      ...linearSpecs("output", hiddenSize, hiddenSize, "xavier"),
    },
    itemTable: (parameters) => parameters["items.embedding"],
    encode(table, { items, positions }, parameters, noise) {
      const read = dropout(tf.gather(table, items as tf.Tensor1D), rate, noise); // [slots, hidden]
      return linear(gru(read, positions, maxLength, parameters, "gru"), parameters, "output");
    },
    asQueries: (sequences) => sequences,
    asCandidates: (table) => table,
  };
}
