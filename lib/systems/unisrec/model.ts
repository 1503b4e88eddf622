import * as tf from "@tensorflow/tfjs";
import { checkPositiveNumber } from "../../checks.ts";
import { ParameterError } from "../../errors.ts";
import { adaptItems, type AdaptorConfig, adaptorSpecs, defaultAdaptorConfig } from "../../nn/moe_adaptor.ts";
import { normaliseRows } from "../../nn/normalise.ts";
import {
  defaultEncoderConfig,
  type EncoderConfig,
  encoderSpecs,
  encodeSequences,
} from "../../nn/transformer_encoder.ts";
import { checkAdaptorConfig, checkEncoderConfig } from "../../nn/check_config.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";

/** Sizes and setting of UniSRec. */
export interface UniSRecConfig extends EncoderConfig, AdaptorConfig {
  /** `inductive`: item text only, works for new items (Eq. 11); `transductive`: text and item ID (Eq. 12). */
  setting: "inductive" | "transductive";
  /** τ, by which the cosine of sequence and item is divided. */
  temperature: number;
}

/** The reference's settings. */
export const defaultUniSRecConfig: UniSRecConfig = {
  ...defaultEncoderConfig,
  ...defaultAdaptorConfig,
  setting: "inductive",
  temperature: 0.07,
};

/** Returns the settings that name a run: that all experts share a mask is not said, so older runs keep their names. */
function said({ adaptorMasks, ...settings }: UniSRecConfig): SequenceModel["config"] {
  return { ...settings, ...(adaptorMasks === "one" ? {} : { adaptorMasks }) };
}

/**
 * Makes UniSRec: text features through the mixture-of-experts adaptor (Eqs. 2 to 5), a causal Transformer (Eqs. 6 and
 * 7), scores of the next item (Eqs. 11 and 12).
 *
 * A score is the cosine of sequence and item, divided by τ, as in the authors' code; the paper writes their product.
 *
 * @param items how many items there are
 * @param config settings that differ from the reference's
 * @throws {ParameterError} if a setting cannot be used
 * @example
 * ```ts
 * import { createUniSRec } from "./model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = createUniSRec(1000, { setting: "transductive", experts: 4 });
 * assert.equal(model.name, "UniSRec t+ID");
 * ```
 */
export function createUniSRec(items: number, config: Partial<UniSRecConfig> = {}): SequenceModel {
  const settings = completeConfig(defaultUniSRecConfig, config);
  checkEncoderConfig(items, settings);
  checkAdaptorConfig(settings);
  checkPositiveNumber("temperature", settings.temperature, "The reference uses 0.07.");
  if (settings.setting !== "inductive" && settings.setting !== "transductive") {
    throw new ParameterError({
      where: "setting",
      expected: '"inductive" or "transductive"',
      found: JSON.stringify(settings.setting),
      advice: "The inductive setting uses item text only, the transductive one item IDs as well.",
    });
  }
  const transductive = settings.setting === "transductive";
  const { hiddenSize, maxLength, featureSize } = settings;
  return {
    name: transductive ? "UniSRec t+ID" : "UniSRec t",
    config: said(settings),
    items,
    hiddenSize,
    maxLength,
    featureSize,
    queryAt: "last item",
    parameters: {
      ...(transductive
        ? { "items.embedding": { shape: [items, hiddenSize], initial: "normal", itemRows: items } }
        : {}),
      ...adaptorSpecs(settings, hiddenSize),
      ...encoderSpecs(settings),
    },
    itemTable(parameters, features, noise) {
      const adapted = adaptItems(features!, parameters, settings, noise); // [items, hidden]
      return transductive ? tf.add(adapted, parameters["items.embedding"]) : adapted;
    },
    encode: (table, input, parameters, noise) => encodeSequences(table, input, parameters, settings, noise),
    asQueries: (sequences) => tf.div(normaliseRows(sequences), settings.temperature),
    asCandidates: normaliseRows,
  };
}
