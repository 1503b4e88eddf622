import { createGenerator, normals } from "../../lib/random.ts";

/** The shape of a BERT encoder. */
export interface BertShape {
  /** Entries of the vocabulary. */
  vocabulary: number;
  /** The longest sequence, in tokens. */
  positions: number;
  hidden: number;
  layers: number;
  heads: number;
  /** Width of the feed-forward layers. */
  inner: number;
}

/** A weight's values, row by row. */
export interface Weight {
  shape: readonly number[];
  values: Float32Array;
}

/** Weights by name, such as `layers.0.query.kernel`. */
export type BertWeights = Record<string, Weight>;

/** One layer, small enough for a plain TypeScript forward. */
export const tinyShape: BertShape = {
  vocabulary: 40,
  positions: 64,
  hidden: 32,
  layers: 1,
  heads: 4,
  inner: 64,
};

/** BERT-base, uncased. */
export const baseShape: BertShape = {
  vocabulary: 30522,
  positions: 512,
  hidden: 768,
  layers: 12,
  heads: 12,
  inner: 3072,
};

/**
 * Draws the weights of a BERT encoder.
 *
 * @param scale their standard deviation; 0.02 is what BERT starts from, a tiny model needs more to tell tokens apart
 */
export function drawWeights(shape: BertShape, seed: number, scale: number): BertWeights {
  const generator = createGenerator(seed);
  const weights: BertWeights = {};
  const draw = (name: string, ...extents: number[]) => {
    const size = extents.reduce((product, extent) => product * extent, 1);
    weights[name] = { shape: extents, values: normals(generator, size, scale) };
  };
  const drawLinear = (name: string, inputs: number, outputs: number) => {
    draw(`${name}.kernel`, inputs, outputs);
    draw(`${name}.bias`, outputs);
  };
  const drawNorm = (name: string) => {
    draw(`${name}.scale`, shape.hidden);
    draw(`${name}.bias`, shape.hidden);
    weights[`${name}.scale`].values.forEach((value, i, values) => values[i] = 1 + value);
  };
  const { hidden, inner } = shape;
  draw("words", shape.vocabulary, hidden);
  draw("positions", shape.positions, hidden);
  draw("types", 2, hidden);
  drawNorm("norm");
  for (let layer = 0; layer < shape.layers; layer++) {
    const name = `layers.${layer}`;
    for (const part of ["query", "key", "value", "output"]) drawLinear(`${name}.${part}`, hidden, hidden);
    drawNorm(`${name}.attentionNorm`);
    drawLinear(`${name}.expand`, hidden, inner);
    drawLinear(`${name}.contract`, inner, hidden);
    drawNorm(`${name}.outputNorm`);
  }
  return weights;
}
