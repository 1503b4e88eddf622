import * as tf from "@tensorflow/tfjs";
import { checkSizes } from "../../nn/check_config.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import { dropout } from "../../nn/dropout.ts";
import { historyMean } from "../../nn/history_mean.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { defaultEncoderConfig, type EncoderConfig } from "../../nn/transformer_encoder.ts";

/** Sizes of FPMC: the hidden size is that of each of its factorisations. */
export type FpmcConfig = Pick<EncoderConfig, "hiddenSize" | "maxLength" | "dropout">;

const { hiddenSize, maxLength, dropout: rate } = defaultEncoderConfig;

/** The reference's sizes. */
export const defaultFpmcConfig: FpmcConfig = { hiddenSize, maxLength, dropout: rate };

/**
 * Makes FPMC (Rendle et al., 2010): item IDs, the sum of two factorised matrices, of what follows on the last item and of
 * what the user likes.
 *
 * The user's factors are the mean of factors that the items read have for this (as in Paterek's NSVD, 2007), so that
 * anybody's history can be scored, not only that of users who were trained on. It is trained with each next item's
 * cross-entropy among all items, and with dropout, instead of a ranking loss over sampled items and weight decay.
 *
 * @param items how many items there are
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createFpmc } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createFpmc(1000, { hiddenSize: 64 });
 * assert.deepEqual(model.parameters["user.embedding"].shape, [1000, 64]);
 * ```
 */
export function createFpmc(items: number, config: Partial<FpmcConfig> = {}): SequenceModel {
  const settings = completeConfig(defaultFpmcConfig, config);
  checkSizes(items, settings);
  const { hiddenSize, maxLength, dropout: rate } = settings;
  const factors = { shape: [items, hiddenSize], initial: "normal", itemRows: items } as const;
  /** Columns of the item table; each half of those that are read meets its own half of those that are scored. */
  const [read, scored] = [["last.embedding", "user.embedding"], ["items.embedding", "liked.embedding"]];
  const columns = (table: tf.Tensor, first: number, count: number) =>
    tf.slice(table, [0, first * hiddenSize], [-1, count * hiddenSize]);
  return {
    name: "FPMC",
    config: { ...settings },
    items,
    hiddenSize,
    maxLength,
    featureSize: null,
    queryAt: "last item",
    parameters: Object.fromEntries([...read, ...scored].map((name) => [name, factors])),
    itemTable: (parameters) => tf.concat([...read, ...scored].map((name) => parameters[name]), 1), // [items, 4 · hidden]
    encode(table, input, _parameters, noise) {
      const x = tf.gather(table, input.items as tf.Tensor1D); // [slots, 4 · hidden]
      const user = historyMean(columns(x, 1, 1), input, maxLength); // [slots, hidden]
      return dropout(tf.concat([columns(x, 0, 1), user], 1), rate, noise); // [slots, 2 · hidden]
    },
    asQueries: (sequences) => sequences,
    asCandidates: (table) => columns(table, 2, 2), // [items, 2 · hidden]
  };
}
