import * as tf from "@tensorflow/tfjs";
import { checkSizes } from "../../nn/check_config.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import { dropout } from "../../nn/dropout.ts";
import { historyMean } from "../../nn/history_mean.ts";
import { linear, linearSpecs } from "../../nn/linear.ts";
import type { Parameters, ParameterSpecs } from "../../nn/parameters.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { shift } from "../../nn/shift.ts";
import { defaultEncoderConfig, type EncoderConfig } from "../../nn/transformer_encoder.ts";

/** Sizes of Caser. */
export type CaserConfig = Pick<EncoderConfig, "hiddenSize" | "maxLength" | "dropout"> & {
  /** How many of the last items the filters read. */
  window: number;
  /** Filters of each height, from one item to the whole window, that slide over the window. */
  horizontalFilters: number;
  /** Filters that weight the window's items, alike in every dimension. */
  verticalFilters: number;
};

const { hiddenSize, maxLength } = defaultEncoderConfig;

/** The reference's sizes, the window of Caser's authors, RecBole's filters and dropout. */
export const defaultCaserConfig: CaserConfig = {
  hiddenSize,
  maxLength,
  window: 5,
  horizontalFilters: 16,
  verticalFilters: 8,
  dropout: 0.4,
};

/**
 * Makes Caser (Tang and Wang, 2018): item IDs, convolutions over the last few items, scores by dot product.
 *
 * Made and trained as in RecBole, but for the embedding that each user has there beside what the convolutions give: it
 * is the mean of the embeddings of all items that were read, so that anybody's history can be scored, not only that of
 * users who were trained on.
 *
 * @param items how many items there are
 * @param config sizes that differ from the defaults
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createCaser } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createCaser(1000, { hiddenSize: 64, window: 3 });
 * assert.deepEqual(model.parameters["horizontal.3.kernel"].shape, [3 * 64, 16]);
 * ```
 */
export function createCaser(items: number, config: Partial<CaserConfig> = {}): SequenceModel {
  const settings = completeConfig(defaultCaserConfig, config);
  checkSizes(items, settings);
  const { hiddenSize, maxLength, dropout: rate, window, horizontalFilters, verticalFilters } = settings;
  const heights = Array.from({ length: window }, (_, i) => i + 1);
  const convolvedSize = verticalFilters * hiddenSize + window * horizontalFilters;
  return {
    name: "Caser",
    config: { ...settings },
    items,
    hiddenSize,
    maxLength,
    featureSize: null,
    queryAt: "last item",
    parameters: {
      "items.embedding": { shape: [items, hiddenSize], initial: "normal", itemRows: items },
      ...linearSpecs("vertical", window, verticalFilters, "xavier"),
      ...heights.reduce<ParameterSpecs>((specs, height) => ({
        ...specs,
        ...linearSpecs(`horizontal.${height}`, height * hiddenSize, horizontalFilters, "xavier"),
      }), {}),
      ...linearSpecs("convolved", convolvedSize, hiddenSize, "xavier"),
      ...linearSpecs("output", 2 * hiddenSize, hiddenSize, "xavier"),
    },
    itemTable: (parameters) => parameters["items.embedding"],
    encode(table, input, parameters, noise) {
      const { positions } = input;
      const x = tf.gather(table, input.items as tf.Tensor1D); // [slots, hidden]
      // the window's items, the earliest first: window × [slots, hidden]
      const read = heights.map((height) => shift(x, positions, window - height));
      const filtered = tf.concat([
        weightedItems(read, parameters),
        ...heights.map((height) => largestOfPlaces(read, positions, parameters, height)),
      ], 1); // [slots, convolved]
      const convolved = tf.relu(linear(dropout(filtered, rate, noise), parameters, "convolved")); // [slots, hidden]
      const user = historyMean(x, input, maxLength); // [slots, hidden]
      return tf.relu(linear(tf.concat([convolved, user], 1), parameters, "output"));
    },
    asQueries: (sequences) => sequences,
    asCandidates: (table) => table,
  };
}

/**
 * Returns the sums of the window's items, weighted by each vertical filter.
 *
 * @returns `[slots, filters · hidden]`
 */
function weightedItems(read: tf.Tensor[], parameters: Parameters): tf.Tensor {
  const [slots, width] = read[0].shape;
  const items = tf.reshape(tf.stack(read), [read.length, slots * width!]);
  const sums = tf.matMul(parameters["vertical.kernel"], items, true); // [filters, slots · hidden]
  const weighted = tf.add(sums, tf.expandDims(parameters["vertical.bias"], 1));
  return tf.reshape(tf.transpose(tf.reshape(weighted, [-1, slots, width!]), [1, 0, 2]), [slots, -1]);
}

/**
 * Applies each horizontal filter of a height wherever it fits into the window, and returns the largest result.
 *
 * What a filter gives further back in the window is what it gives at the end of the windows of slots before.
 *
 * @returns `[slots, filters]`
 */
function largestOfPlaces(
  read: tf.Tensor[],
  positions: tf.Tensor,
  parameters: Parameters,
  height: number,
): tf.Tensor {
  const name = `horizontal.${height}`;
  const atEnd = tf.matMul(tf.concat(read.slice(-height), 1), parameters[`${name}.kernel`]); // [slots, filters]
  const places = Array.from({ length: read.length - height + 1 }, (_, back) => shift(atEnd, positions, back));
  const largest = places.reduce((most, place) => tf.maximum(most, place));
  // a bias for all places, and nothing that decreases: both can wait until after the maximum
  return tf.relu(tf.add(largest, parameters[`${name}.bias`]));
}
