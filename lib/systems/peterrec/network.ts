import * as tf from "@tensorflow/tfjs";
import type { NoiseSource } from "../../engine/noise.ts";
import { causalConvolution, causalConvolutionSpecs } from "../../nn/causal_convolution.ts";
import { checkSizes } from "../../nn/check_config.ts";
import { completeConfig } from "../../nn/complete_config.ts";
import { dropout } from "../../nn/dropout.ts";
import { gelu } from "../../nn/gelu.ts";
import { layerNorm, layerNormSpecs } from "../../nn/layer_norm.ts";
import { linear, linearSpecs } from "../../nn/linear.ts";
import type { Parameters, ParameterSpecs } from "../../nn/parameters.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { defaultEncoderConfig, type EncoderConfig } from "../../nn/transformer_encoder.ts";

/** Sizes of NextItNet. */
export type NextItNetConfig = Pick<EncoderConfig, "hiddenSize" | "maxLength" | "dropout"> & {
  /** Residual blocks, each of two convolutions. */
  blocks: number;
};

const { hiddenSize, maxLength } = defaultEncoderConfig;

/** The reference's sizes; four blocks see the last 61 items. The authors drop nothing. */
export const defaultNextItNetConfig: NextItNetConfig = { hiddenSize, maxLength, dropout: 0.3, blocks: 4 };

/** By how much the convolutions of a block are dilated: 1 and 2 in every other one, 4 and 8 in those between. */
const dilationsOf = (block: number) => block % 2 === 0 ? [1, 2] : [4, 8];

/** The layers' names; each is one of the network, and of the patches behind it. */
function layersOf({ blocks }: NextItNetConfig): { layer: string; dilation: number }[][] {
  return Array.from(
    { length: blocks },
    (_, block) => dilationsOf(block).map((dilation, i) => ({ layer: `blocks.${block}.${i}`, dilation })),
  );
}

/** Lists the parameters of the convolutions, under `network`, and of the layer norms behind them, under `norms`. */
export function networkSpecs(config: NextItNetConfig): ParameterSpecs {
  return specsByLayer(config, (layer) => ({
    ...causalConvolutionSpecs(`network.${layer}`, config.hiddenSize, config.hiddenSize),
    ...layerNormSpecs(`norms.${layer}`, config.hiddenSize),
  }));
}

/** Lists the parameters of one patch behind each convolution, a quarter as wide as the network, under `patches`. */
export function patchSpecs(config: NextItNetConfig): ParameterSpecs {
  const middle = Math.ceil(config.hiddenSize / 4);
  return specsByLayer(config, (layer) => ({
    ...linearSpecs(`patches.${layer}.down`, config.hiddenSize, middle),
    ...linearSpecs(`patches.${layer}.up`, middle, config.hiddenSize),
  }));
}

function specsByLayer(config: NextItNetConfig, specs: (layer: string) => ParameterSpecs): ParameterSpecs {
  return Object.assign({}, ...layersOf(config).flat().map(({ layer }) => specs(layer)));
}

/**
 * Sends embedded items through NextItNet's residual blocks, each of two dilated causal convolutions, normalised and
 * rectified. What goes in and what comes out is dropped in training.
 *
 * @param x `[slots, hidden]`
 * @param positions each slot's place in its segment, int32 `[slots]`
 * @param patched whether each convolution's result goes through its patch
 * @returns `[slots, hidden]`
 */
export function convolveSequences(
  x: tf.Tensor,
  positions: tf.Tensor,
  parameters: Parameters,
  config: NextItNetConfig,
  patched: boolean,
  noise: NoiseSource | null,
): tf.Tensor {
  const read = dropout(x, config.dropout, noise);
  const encoded = layersOf(config).reduce((input, layers) => {
    const output = layers.reduce((inner, { layer, dilation }) => {
      const convolved = causalConvolution(inner, positions, dilation, parameters, `network.${layer}`);
      const passed = patched ? patch(convolved, parameters, `patches.${layer}`) : convolved;
      return tf.relu(layerNorm(passed, parameters, `norms.${layer}`));
    }, input);
    return tf.add(input, output); // [slots, hidden]
  }, read);
  return dropout(encoded, config.dropout, noise);
}

/** A model patch: a bottleneck beside a residual connection. The shape `[slots, hidden]` stays. */
function patch(x: tf.Tensor, parameters: Parameters, name: string): tf.Tensor {
  const middle = gelu(linear(x, parameters, `${name}.down`)); // [slots, hidden / 4]
  return tf.add(x, linear(middle, parameters, `${name}.up`));
}

/**
 * Makes NextItNet (Yuan et al., 2019), which PeterRec pre-trains on its source: item IDs, dilated causal convolutions,
 * scores by dot product.
 *
 * @param items how many items there are
 * @param config sizes that differ from the defaults
 * @throws {ParameterError} if a size cannot be used
 */
export function createNextItNet(items: number, config: Partial<NextItNetConfig> = {}): SequenceModel {
  const settings = completeConfig(defaultNextItNetConfig, config);
  checkSizes(items, settings);
  const { hiddenSize, maxLength } = settings;
  return {
    name: "NextItNet",
    config: { ...settings },
    items,
    hiddenSize,
    maxLength,
    featureSize: null,
    queryAt: "last item",
    parameters: {
      "source.embedding": { shape: [items, hiddenSize], initial: "normal" },
      ...networkSpecs(settings),
    },
    itemTable: (parameters) => parameters["source.embedding"],
    encode(table, { items, positions }, parameters, noise) {
      const x = tf.gather(table, items as tf.Tensor1D); // [slots, hidden]
      return convolveSequences(x, positions, parameters, settings, false, noise);
    },
    asQueries: (sequences) => sequences,
    asCandidates: (table) => table,
  };
}
