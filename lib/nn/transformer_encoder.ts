import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine/tensor.ts";
import type { NoiseSource } from "../engine/noise.ts";
import { attentionMask, attentionSpecs, selfAttention } from "./attention.ts";
import { dropout } from "./dropout.ts";
import { gelu } from "./gelu.ts";
import { layerNorm, layerNormSpecs } from "./layer_norm.ts";
import { linear, linearSpecs } from "./linear.ts";
import type { Parameters, ParameterSpecs } from "./parameters.ts";

/** Sizes of the behaviour encoder; the defaults are the reference's. */
export interface EncoderConfig {
  /** Width of its vectors; a multiple of `heads`. */
  hiddenSize: number;
  /** Width of the feed-forward layers' middle. */
  innerSize: number;
  /** How many layers of attention and perceptron. */
  layers: number;
  /** Attention heads per layer. */
  heads: number;
  /** The longest history that is read. */
  maxLength: number;
  /** The share of numbers that are dropped in training. */
  dropout: number;
}

/** The reference's sizes. */
export const defaultEncoderConfig: EncoderConfig = {
  hiddenSize: 300,
  innerSize: 256,
  layers: 2,
  heads: 2,
  maxLength: 50,
  dropout: 0.5,
};

/** Where each item of a packed batch stands. All int32 `[rows · length]`. */
export interface PackedInput {
  /** Item indices, counted from 0; padding holds any valid index. */
  items: Tensor;
  /** Positions in the item's own sequence, counted from 0. */
  positions: Tensor;
  /** Which sequence of the row an item belongs to. */
  segments: Tensor;
}

/** The encoder's name in those of its parameters, where a model has only one. */
const encoderName = "encoder";

/** Lists the parameters of the encoder, position embedding and input layer norm included. */
export function encoderSpecs(config: EncoderConfig): ParameterSpecs {
  return { ...inputSpecs(config), ...layerSpecs(encoderName, config) };
}

/** Lists the parameters of the encoder's input: position embedding and layer norm. */
export function inputSpecs({ hiddenSize, maxLength }: EncoderConfig): ParameterSpecs {
  return {
    "positions.embedding": { shape: [maxLength, hiddenSize], initial: "normal" },
    ...layerNormSpecs("input.norm", hiddenSize),
  };
}

/** Lists the parameters of the layers of the encoder called `name`. */
export function layerSpecs(name: string, { hiddenSize, innerSize, layers }: EncoderConfig): ParameterSpecs {
  return Object.assign(
    {},
    ...Array.from({ length: layers }, (_, index) => {
      const layer = `${name}.layers.${index}`;
      return {
        ...attentionSpecs(`${layer}.attention`, hiddenSize),
        ...layerNormSpecs(`${layer}.attention.norm`, hiddenSize),
        ...linearSpecs(`${layer}.feedForward.inner`, hiddenSize, innerSize),
        ...linearSpecs(`${layer}.feedForward.outer`, innerSize, hiddenSize),
        ...layerNormSpecs(`${layer}.feedForward.norm`, hiddenSize),
      };
    }),
  );
}

/**
 * One layer: self-attention, then a two-layer perceptron, each followed by its residual sum and layer norm.
 *
 * The perceptron is activated by GELU, as in the authors' code; the paper writes ReLU.
 */
function encoderLayer(
  x: tf.Tensor,
  mask: tf.Tensor,
  parameters: Parameters,
  name: string,
  config: EncoderConfig,
  noise: NoiseSource | null,
): tf.Tensor {
  const attended = selfAttention(x, mask, parameters, `${name}.attention`, config, noise);
  const middle = layerNorm(tf.add(x, attended), parameters, `${name}.attention.norm`); // [slots, hidden]
  const inner = gelu(linear(middle, parameters, `${name}.feedForward.inner`)); // [slots, inner]
  const outer = dropout(linear(inner, parameters, `${name}.feedForward.outer`), config.dropout, noise);
  return layerNorm(tf.add(middle, outer), parameters, `${name}.feedForward.norm`); // [slots, hidden]
}

/**
 * Returns what enters the encoder's first layer: item and position embedding summed (Eq. 6), then, as in the authors'
 * code, normalised.
 *
 * @param table item representations `[items, hidden]`
 * @returns `[rows · length, hidden]`
 */
export function embedInput(
  table: tf.Tensor,
  { items, positions }: PackedInput,
  parameters: Parameters,
  rate: number,
  noise: NoiseSource | null,
): tf.Tensor {
  const summed = tf.add(
    tf.gather(table, items as tf.Tensor1D),
    tf.gather(parameters["positions.embedding"], positions as tf.Tensor1D),
  ); // [slots, hidden]
  return dropout(layerNorm(summed, parameters, "input.norm"), rate, noise);
}

/** Sends what `embedInput` returns through the layers of the encoder called `name` (Eq. 7), the shape stays. */
export function encodeLayers(
  x: tf.Tensor,
  mask: tf.Tensor,
  parameters: Parameters,
  name: string,
  config: EncoderConfig,
  noise: NoiseSource | null,
): tf.Tensor {
  let encoded = x;
  for (let layer = 0; layer < config.layers; layer++) {
    encoded = encoderLayer(encoded, mask, parameters, `${name}.layers.${layer}`, config, noise);
  }
  return encoded;
}

/**
 * Encodes packed item sequences with a Transformer (Eqs. 6 and 7).
 *
 * @param table item representations `[items, hidden]`
 * @param noise null in evaluation: nothing is dropped
 * @param causal false lets an item also see later ones of its sequence
 * @returns the representation of the sequence up to and with each slot, `[rows · length, hidden]`
 */
export function encodeSequences(
  table: tf.Tensor,
  input: PackedInput,
  parameters: Parameters,
  config: EncoderConfig,
  noise: NoiseSource | null,
  causal = true,
): tf.Tensor {
  const mask = attentionMask(input.segments, config.maxLength, causal);
  const x = embedInput(table, input, parameters, config.dropout, noise); // [slots, hidden]
  return encodeLayers(x, mask, parameters, encoderName, config, noise);
}
