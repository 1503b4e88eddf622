import type { EncoderConfig } from "../../nn/transformer_encoder.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { createSasRec } from "../sasrec/model.ts";

/**
 * Makes CCDR (Xie et al., 2022) as a sequence model: SASRec that is pre-trained to contrast domains.
 *
 * The original encodes a graph of users, items and tags; the UniSRec authors compare all systems on sequences, so that
 * a causal Transformer takes the place of the graph's encoder, and a tag is read from the items that have it.
 *
 * @param items how many items there are: the target's, or those of all domains together in pre-training
 * @param config sizes that differ from the reference's
 * @throws {ParameterError} if a size cannot be used
 * @example
 * ```ts
 * import { createCcdr } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(createCcdr(1000, { hiddenSize: 64 }).parameters["items.embedding"].shape, [1000, 64]);
 * ```
 */
export function createCcdr(items: number, config: Partial<EncoderConfig> = {}): SequenceModel {
  return { ...createSasRec(items, config), name: "CCDR" };
}
