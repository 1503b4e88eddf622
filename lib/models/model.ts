import type * as tf from "@tensorflow/tfjs";
import type { NoiseSource } from "../engine/noise.ts";
import type { JsonObject } from "../json.ts";
import type { Parameters, ParameterSpecs } from "../nn/parameters.ts";
import type { PackedInput } from "../nn/transformer_encoder.ts";

/**
 * A model that predicts the next item of a sequence from item representations.
 *
 * Every function works on tfjs tensors inside a computation; noise is null in evaluation.
 */
export interface SequenceModel {
  /** As in the paper's Table 3. */
  name: string;
  /** The sizes and settings it was made with. */
  config: JsonObject;
  items: number;
  hiddenSize: number;
  maxLength: number;
  /** Numbers per text feature vector, or null for a model that knows items by their ID only. */
  featureSize: number | null;
  parameters: ParameterSpecs;
  /** Returns the item representations that enter the encoder, `[items, hidden]`. */
  itemTable(parameters: Parameters, features: tf.Tensor | null, noise: NoiseSource | null): tf.Tensor;
  /** Returns the representation of the sequence up to and with each slot, `[slots, hidden]`. */
  encode(table: tf.Tensor, input: PackedInput, parameters: Parameters, noise: NoiseSource | null): tf.Tensor;
  /** Turns sequence representations into the left side of the score. `[queries, hidden]`, same shape */
  asQueries(sequences: tf.Tensor): tf.Tensor;
  /** Turns the item table into the right side: scores are asQueries · asCandidatesᵀ. `[items, hidden]`, same shape */
  asCandidates(table: tf.Tensor): tf.Tensor;
}
