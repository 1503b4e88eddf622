import { CheckpointError } from "../../errors.ts";

/** A tensor of parameters or gradients, row by row. */
export interface FloatTensor {
  shape: number[];
  values: Float32Array<ArrayBuffer>;
}

/** Tensors by name. */
export type FloatTensors = Record<string, FloatTensor>;

/** Tensors that only have another name with us. */
const ourNames: Record<string, string> = {
  "item_embedding.weight": "items.embedding",
  "position_embedding.weight": "positions.embedding",
  "LayerNorm.weight": "input.norm.gain",
  "LayerNorm.bias": "input.norm.bias",
  "moe_adaptor.w_gate": "adaptor.gate.kernel",
  "moe_adaptor.w_noise": "adaptor.noise.kernel",
};

/** The parts of an encoder layer. */
const ourSublayers: Record<string, string> = {
  "multi_head_attention.query": "attention.query",
  "multi_head_attention.key": "attention.key",
  "multi_head_attention.value": "attention.value",
  "multi_head_attention.dense": "attention.output",
  "multi_head_attention.LayerNorm": "attention.norm",
  "feed_forward.dense_1": "feedForward.inner",
  "feed_forward.dense_2": "feedForward.outer",
  "feed_forward.LayerNorm": "feedForward.norm",
};

const theirNames = inverse(ourNames);
const theirSublayers = inverse(ourSublayers);

const expertKernels = "adaptor.experts.kernel";
const expertBiases = "adaptor.experts.bias";

/**
 * Translates tensors of the authors' code to our names and layouts.
 *
 * PyTorch's linear weights are `[out, in]`, ours `[in, out]`; its experts are separate, ours stand side by side.
 *
 * @param tensors by the names of a PyTorch state dictionary
 * @param where the file they come from, for messages
 * @throws {CheckpointError} if a name is unknown, or the experts are not alike and numbered from 0
 * @example
 * ```ts
 * import { fromReferenceNames } from "./reference_names.ts";
 * import assert from "node:assert/strict";
 *
 * const query = { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) };
 * const ours = fromReferenceNames({ "trm_encoder.layer.0.multi_head_attention.query.weight": query }, "an example");
 * assert.deepEqual(ours["encoder.layers.0.attention.query.kernel"].values, Float32Array.of(1, 3, 2, 4));
 * ```
 */
export function fromReferenceNames(tensors: FloatTensors, where: string): FloatTensors {
  const translated: FloatTensors = {};
  const kernels = new Map<number, FloatTensor>();
  const biases = new Map<number, FloatTensor>();
  const unknown: string[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const expert = /^moe_adaptor\.experts\.(\d+)\.(bias|lin\.weight)$/.exec(name);
    const layer = fromLayerName(name);
    if (Object.hasOwn(ourNames, name)) translated[ourNames[name]] = tensor;
    else if (layer) translated[layer] = layer.endsWith(".kernel") ? transpose(tensor, name, where) : tensor;
    else if (expert) (expert[2] === "bias" ? biases : kernels).set(Number(expert[1]), tensor);
    else unknown.push(name);
  }
  if (unknown.length > 0) throw unfit(where, "the tensors of UniSRec or SASRec", unknown.join(", "));
  if (kernels.size > 0) {
    const { shape: [experts, outputs, inputs], values } = stack(kernels, 2, `${where}, weights of experts`);
    const rows = { shape: [experts * outputs, inputs], values };
    translated[expertKernels] = transpose(rows, expertKernels, where);
  }
  if (biases.size > 0) translated[expertBiases] = stack(biases, 1, `${where}, biases of experts`);
  return translated;
}

/**
 * Translates our tensors to the names and layouts of the authors' code: the inverse of `fromReferenceNames`.
 *
 * @param tensors by our names; kernels of experts come with their biases
 * @throws {CheckpointError} if a name is unknown
 */
export function toReferenceNames(tensors: FloatTensors, where: string): FloatTensors {
  const translated: FloatTensors = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    const layer = toLayerName(name);
    if (Object.hasOwn(theirNames, name)) translated[theirNames[name]] = tensor;
    else if (layer) translated[layer] = name.endsWith(".kernel") ? transpose(tensor, name, where) : tensor;
    else if (name === expertKernels && Object.hasOwn(tensors, expertBiases)) {
      const [experts] = tensors[expertBiases].shape;
      const { shape: [rows, inputs], values } = transpose(tensor, name, where);
      const stacked = { shape: [experts, rows / experts, inputs], values };
      unstack(stacked).forEach((kernel, i) => translated[`moe_adaptor.experts.${i}.lin.weight`] = kernel);
    } else if (name === expertBiases) {
      unstack(tensor).forEach((bias, i) => translated[`moe_adaptor.experts.${i}.bias`] = bias);
    } else throw unfit(where, "the parameters of UniSRec or SASRec", name);
  }
  return translated;
}

function inverse(names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([name, other]) => [other, name]));
}

/** Returns our name for a tensor of the encoder's layers, or null if it is none. */
function fromLayerName(name: string): string | null {
  const parts = /^trm_encoder\.layer\.(\d+)\.(.+)\.(weight|bias)$/.exec(name);
  if (!parts || !Object.hasOwn(ourSublayers, parts[2])) return null;
  const [, index, sublayer, kind] = parts;
  const weight = sublayer.endsWith("LayerNorm") ? "gain" : "kernel";
  return `encoder.layers.${index}.${ourSublayers[sublayer]}.${kind === "bias" ? kind : weight}`;
}

/** The inverse of `fromLayerName`. */
function toLayerName(name: string): string | null {
  const [, index, sublayer, kind] = /^encoder\.layers\.(\d+)\.(.+)\.(kernel|gain|bias)$/.exec(name) ?? [];
  const theirs = `trm_encoder.layer.${index}.${theirSublayers[sublayer]}.${
    kind === "bias" ? kind : "weight"
  }`;
  return fromLayerName(theirs) === name ? theirs : null;
}

function transpose({ shape, values }: FloatTensor, name: string, where: string): FloatTensor {
  if (shape.length !== 2) throw unfit(`${where}, tensor ${name}`, "a matrix", `shape [${shape.join(", ")}]`);
  const [rows, columns] = shape;
  const transposed = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      transposed[column * rows + row] = values[row * columns + column];
    }
  }
  return { shape: [columns, rows], values: transposed };
}

/** Joins the tensors of the experts along a new first axis. */
function stack(parts: Map<number, FloatTensor>, rank: number, where: string): FloatTensor {
  const shape = parts.get(0)?.shape ?? [];
  const size = shape.reduce((product, extent) => product * extent, 1);
  const values = new Float32Array(parts.size * size);
  for (let i = 0; i < parts.size; i++) {
    const part = parts.get(i);
    if (part?.shape.length !== rank || part.shape.join() !== shape.join()) {
      const expected = `${parts.size} tensors of one shape with ${rank} axes, numbered from 0`;
      throw unfit(
        where,
        expected,
        part ? `shape [${part.shape.join(", ")}] as number ${i}` : `no number ${i}`,
      );
    }
    values.set(part.values, i * size);
  }
  return { shape: [parts.size, ...shape], values };
}

function unstack({ shape: [count, ...shape], values }: FloatTensor): FloatTensor[] {
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => ({ shape, values: values.slice(i * size, (i + 1) * size) }));
}

function unfit(where: string, expected: string, found: string): CheckpointError {
  const advice = "Take a checkpoint that the authors' code has written for one of these models.";
  return new CheckpointError({ where, expected, found, advice });
}
