import * as tf from "@tensorflow/tfjs";
import type { NoiseSource } from "../engine/noise.ts";
import { dropout } from "./dropout.ts";
import type { Parameters, ParameterSpecs } from "./parameters.ts";

/** Sizes and variants of the mixture-of-experts adaptor; the defaults are the reference's. */
export interface AdaptorConfig {
  /** Numbers per text feature vector. */
  featureSize: number;
  /** G in the paper; 1 is the variant "w/o MoE". */
  experts: number;
  /** `parametric`: (x − b) · W, Eq. 2; `linear`: x · W − b, the variant "w/o PW". */
  whitening: "parametric" | "linear";
  /** Whether the gate is noisy in training (Eq. 5); without noise the noise kernel falls away. */
  gateNoise: boolean;
  /** Probability with which a number of a feature vector is dropped in training. */
  adaptorDropout: number;
  /** Whether all experts see the same dropped-out features, or each drops by itself, as in the authors' code. */
  adaptorMasks: "one" | "each";
}

/** The reference's settings for BERT-base features, but for the masks. */
export const defaultAdaptorConfig: AdaptorConfig = {
  featureSize: 768,
  experts: 8,
  whitening: "parametric",
  gateNoise: true,
  adaptorDropout: 0.2,
  adaptorMasks: "one",
};

/** Added to the standard deviation of the gate's noise, as in the authors' code; Eq. 5 has no such floor. */
const leastNoise = 0.01;

/** Lists the adaptor's parameters; the experts' kernels stand side by side, [features, experts · hidden]. */
export function adaptorSpecs(config: AdaptorConfig, hiddenSize: number): ParameterSpecs {
  const { featureSize, experts, whitening, gateNoise } = config;
  return {
    "adaptor.experts.kernel": { shape: [featureSize, experts * hiddenSize], initial: "normal" },
    "adaptor.experts.bias": {
      shape: [experts, whitening === "parametric" ? featureSize : hiddenSize],
      initial: "zeros",
    },
    "adaptor.gate.kernel": { shape: [featureSize, experts], initial: "zeros" },
    ...(gateNoise ? { "adaptor.noise.kernel": { shape: [featureSize, experts], initial: "zeros" } } : {}),
  };
}

/**
 * Returns how much each expert counts for each item (Eqs. 4 and 5): softmax(x · W2 + noise).
 *
 * @param features `[items, features]`
 * @param noise null in evaluation: the gate is then exact
 * @returns `[items, experts]`, each row sums to 1
 */
export function gateWeights(
  features: tf.Tensor,
  parameters: Parameters,
  noise: NoiseSource | null,
): tf.Tensor {
  const clean = tf.matMul(features, parameters["adaptor.gate.kernel"]);
  if (!noise) return tf.softmax(clean);
  const deviation = tf.add(tf.softplus(tf.matMul(features, parameters["adaptor.noise.kernel"])), leastNoise);
  return tf.softmax(tf.add(clean, tf.mul(noise.normal(deviation.shape), deviation)));
}

/** The part of every expert's output that its bias takes away, `[experts, hidden]`. */
function biasPart(
  parameters: Parameters,
  { featureSize, experts, whitening }: AdaptorConfig,
  hiddenSize: number,
) {
  const bias = parameters["adaptor.experts.bias"];
  if (whitening === "linear") return bias;
  // (x − b) · W = x · W − b · W, so that x · W is one product for all experts
  const kernels = expertByExpert(parameters["adaptor.experts.kernel"], [featureSize, experts, hiddenSize]);
  return tf.reshape(tf.matMul(tf.expandDims(bias, 1), kernels), [experts, hiddenSize]);
}

/** Turns kernels that stand side by side into `[experts, features, hidden]`. */
function expertByExpert(
  kernel: tf.Tensor,
  shape: [features: number, experts: number, hidden: number],
): tf.Tensor {
  return tf.transpose(tf.reshape(kernel, shape), [1, 0, 2]);
}

/** Multiplies each expert's kernel with features that were dropped out for it alone, `[items, experts, hidden]`. */
function projectEach(
  features: tf.Tensor,
  kernel: tf.Tensor,
  { experts, featureSize, adaptorDropout }: AdaptorConfig,
  noise: NoiseSource,
): tf.Tensor {
  const mask = noise.dropoutMask([experts, features.shape[0], featureSize], adaptorDropout);
  const kernels = expertByExpert(kernel, [featureSize, experts, kernel.shape[1]! / experts]);
  const projected = tf.matMul(tf.mul(tf.expandDims(features, 0), mask), kernels); // [experts, items, hidden]
  return tf.transpose(projected, [1, 0, 2]);
}

/**
 * Turns text features into universal item representations: a gated sum of whitened features (Eqs. 2 to 5).
 *
 * All experts see the same dropped-out features, if nothing else is set: the reference drops for each expert anew, at
 * eight times the cost.
 *
 * @param features `[items, features]`
 * @param noise null in evaluation
 * @returns `[items, hidden]`
 */
export function adaptItems(
  features: tf.Tensor,
  parameters: Parameters,
  config: AdaptorConfig,
  noise: NoiseSource | null,
): tf.Tensor {
  const [items] = features.shape;
  const kernel = parameters["adaptor.experts.kernel"];
  const hiddenSize = kernel.shape[1]! / config.experts;
  const gates = gateWeights(features, parameters, config.gateNoise ? noise : null); // [items, experts]
  const projected = noise && config.adaptorMasks === "each"
    ? projectEach(features, kernel, config, noise)
    : tf.reshape(tf.matMul(dropout(features, config.adaptorDropout, noise), kernel), [
      items,
      config.experts,
      hiddenSize,
    ]);
  const mixed = tf.matMul(tf.expandDims(gates, 1), projected); // [items, 1, hidden]
  // the biases' part is mixed by itself: so no pass over [items, experts, hidden] is needed to take it off
  const offset = tf.matMul(gates, biasPart(parameters, config, hiddenSize)); // [items, hidden]
  return tf.sub(tf.reshape(mixed, [items, hiddenSize]), offset);
}
