import { checkPositiveInteger, show } from "../checks.ts";
import { ParameterError } from "../errors.ts";
import type { AdaptorConfig } from "./moe_adaptor.ts";
import type { EncoderConfig } from "./transformer_encoder.ts";

const advice = "Set it in the parameters cell, or leave it out for the default.";

function requireRate(where: string, value: number) {
  if (value >= 0 && value < 1) return;
  throw new ParameterError({
    where,
    expected: "a probability from 0 up to, but not including, 1",
    found: show(value),
    advice: "0 switches dropout off; the default is 0.5 in the encoder and 0.2 in the adaptor.",
  });
}

/**
 * Checks a model's number of items, its dropout rate if it has one, and that its other settings are sizes.
 *
 * @throws {ParameterError} that names the one that cannot be used
 */
export function checkSizes(items: number, { dropout = 0, ...sizes }: Record<string, number>) {
  checkPositiveInteger("items", items, advice);
  for (const [name, size] of Object.entries(sizes)) checkPositiveInteger(name, size, advice);
  requireRate("dropout", dropout);
}

/**
 * Checks the sizes that every model with the Transformer encoder has.
 *
 * @throws {ParameterError} that names the one that cannot be used
 */
export function checkEncoderConfig(items: number, config: EncoderConfig) {
  const { hiddenSize, innerSize, layers, heads, maxLength, dropout } = config;
  checkSizes(items, { hiddenSize, innerSize, layers, heads, maxLength, dropout });
  if (config.hiddenSize % config.heads !== 0) {
    throw new ParameterError({
      where: "hiddenSize",
      expected: `a multiple of the number of heads, ${config.heads}`,
      found: String(config.hiddenSize),
      advice: "Every head gets an equal part of the hidden size.",
    });
  }
}

/**
 * Checks the width of text features.
 *
 * @throws {ParameterError} if it cannot be used
 */
export function checkFeatureSize(featureSize: number) {
  checkPositiveInteger("featureSize", featureSize, advice);
}

/**
 * Checks the sizes of the mixture-of-experts adaptor.
 *
 * @throws {ParameterError} that names the one that cannot be used
 */
export function checkAdaptorConfig(config: AdaptorConfig) {
  checkFeatureSize(config.featureSize);
  checkPositiveInteger("experts", config.experts, advice);
  requireRate("adaptorDropout", config.adaptorDropout);
  if (config.adaptorMasks !== "one" && config.adaptorMasks !== "each") {
    throw new ParameterError({
      where: "adaptorMasks",
      expected: '"one" or "each"',
      found: show(config.adaptorMasks),
      advice: '"each" drops features for each expert anew, as the authors\' code does.',
    });
  }
  if (config.whitening !== "parametric" && config.whitening !== "linear") {
    throw new ParameterError({
      where: "whitening",
      expected: '"parametric" or "linear"',
      found: JSON.stringify(config.whitening),
      advice: '"linear" is the variant w/o PW of the paper\'s ablation.',
    });
  }
}
