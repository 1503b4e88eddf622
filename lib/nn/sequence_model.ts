import type { NoiseSource } from "../engine/noise.ts";
import type { JsonObject } from "../json.ts";
import type { Parameters, ParameterSpecs } from "./parameters.ts";
import type { PackedInput } from "./transformer_encoder.ts";
import type { Tensor } from "../engine/tensor.ts";

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
  /** How many items it knows. */
  items: number;
  /** Width of its vectors. */
  hiddenSize: number;
  /** The most items of a history that it reads. */
  maxLength: number;
  /** Numbers per text feature vector, or null for a model that knows items by their ID only. */
  featureSize: number | null;
  /**
   * The slot at which the next item is read off: that of the `last item` of the history, or a `mask` behind it, which
   * holds the item number `items`.
   */
  queryAt: "last item" | "mask";
  /** Shape and starting value of each parameter, by name. */
  parameters: ParameterSpecs;
  /** Returns what enters the encoder for each item, `[items, width]`, with one more row for the mask if there is one. */
  itemTable(parameters: Parameters, features: Tensor | null, noise: NoiseSource | null): Tensor;
  /** Returns the representation of the sequence up to and with each slot, `[slots, hidden]`. */
  encode(table: Tensor, input: PackedInput, parameters: Parameters, noise: NoiseSource | null): Tensor;
  /** Turns sequence representations into the left side of the score. `[queries, hidden]` → `[queries, score width]` */
  asQueries(sequences: Tensor, parameters: Parameters): Tensor;
  /**
   * Turns the item table into the right side: scores are asQueries · asCandidatesᵀ.
   * `[items, width]` → `[items, score width]`
   */
  asCandidates(table: Tensor, parameters: Parameters): Tensor;
}
