import type { BertShape, BertWeights } from "./weights.ts";

type Matrix = number[][];

/**
 * Computes a text's last hidden states `[tokens][hidden]` in plain TypeScript and double precision, straight from the
 * definition: what the ONNX model has to agree with.
 */
export function lastHiddenState(shape: BertShape, weights: BertWeights, tokens: readonly number[]): Matrix {
  const row = (name: string, index: number) => {
    const { shape: [, width], values } = weights[name];
    return Array.from(values.subarray(index * width, (index + 1) * width));
  };
  const linear = (input: Matrix, name: string) => {
    const { shape: [inputs, outputs], values } = weights[`${name}.kernel`];
    const bias = weights[`${name}.bias`].values;
    return input.map((vector) =>
      Array.from({ length: outputs }, (_, j) => {
        let sum = bias[j];
        for (let i = 0; i < inputs; i++) sum += vector[i] * values[i * outputs + j];
        return sum;
      })
    );
  };
  const normalise = (input: Matrix, name: string) => {
    const scale = weights[`${name}.scale`].values, bias = weights[`${name}.bias`].values;
    return input.map((vector) => {
      const mean = vector.reduce((sum, value) => sum + value, 0) / vector.length;
      const variance = vector.reduce((sum, value) => sum + (value - mean) ** 2, 0) / vector.length;
      return vector.map((value, i) => (value - mean) / Math.sqrt(variance + 1e-12) * scale[i] + bias[i]);
    });
  };

  let hidden = normalise(
    tokens.map((token, position) =>
      add(add(row("words", token), row("types", 0)), row("positions", position))
    ),
    "norm",
  );
  for (let layer = 0; layer < shape.layers; layer++) {
    const name = `layers.${layer}`;
    const [query, key, value] = ["query", "key", "value"].map((part) => linear(hidden, `${name}.${part}`));
    const attended = linear(attend(query, key, value, shape.heads), `${name}.output`);
    hidden = normalise(hidden.map((vector, i) => add(vector, attended[i])), `${name}.attentionNorm`);
    const expanded = linear(hidden, `${name}.expand`).map((vector) => vector.map(gelu));
    const contracted = linear(expanded, `${name}.contract`);
    hidden = normalise(hidden.map((vector, i) => add(vector, contracted[i])), `${name}.outputNorm`);
  }
  return hidden;
}

function attend(query: Matrix, key: Matrix, value: Matrix, heads: number): Matrix {
  const size = query[0].length / heads;
  return query.map((from) =>
    from.map((_, column) => {
      const start = column - column % size;
      const scores = key.map((to) =>
        from.slice(start, start + size).reduce((sum, entry, i) => sum + entry * to[start + i], 0) /
        Math.sqrt(size)
      );
      const largest = Math.max(...scores);
      const exponentials = scores.map((score) => Math.exp(score - largest));
      const total = exponentials.reduce((sum, exponential) => sum + exponential, 0);
      return exponentials.reduce((sum, exponential, i) => sum + exponential / total * value[i][column], 0);
    })
  );
}

function add(left: number[], right: number[]): number[] {
  return left.map((value, i) => value + right[i]);
}

function gelu(value: number): number {
  return value * (1 + errorFunction(value / Math.SQRT2)) / 2;
}

/** erf by its Taylor series, which for |value| < 5 converges far beyond what is compared here. */
function errorFunction(value: number): number {
  if (Math.abs(value) > 5) return Math.sign(value);
  let term = value, sum = value;
  for (let n = 1; Math.abs(term) > 1e-17; n++) {
    term *= -value * value / n;
    sum += term / (2 * n + 1);
  }
  return 2 / Math.sqrt(Math.PI) * sum;
}
