/**
 * Makes one vector per text of its tokens' hidden states.
 *
 * @param states `[texts, longest, width]`
 * @param lengths tokens of each text without padding `[texts]`
 * @returns `[texts × width]`
 */
type Pool = (states: Float32Array, lengths: number[], width: number) => Float32Array;

const cls: Pool = (states, lengths, width) => {
  const stride = states.length / lengths.length;
  const rows = new Float32Array(lengths.length * width);
  lengths.forEach((_, i) => rows.set(states.subarray(i * stride, i * stride + width), i * width));
  return rows;
};

const mean: Pool = (states, lengths, width) => {
  const stride = states.length / lengths.length;
  const rows = new Float32Array(lengths.length * width);
  lengths.forEach((length, i) => {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let token = 0; token < length; token++) sum += states[i * stride + token * width + column];
      rows[i * width + column] = sum / length;
    }
  });
  return rows;
};

const last: Pool = (states, lengths, width) => {
  const stride = states.length / lengths.length;
  const rows = new Float32Array(lengths.length * width);
  lengths.forEach((length, i) => {
    const from = i * stride + (length - 1) * width;
    rows.set(states.subarray(from, from + width), i * width);
  });
  return rows;
};

/**
 * The ways to make one vector of a text's tokens: [CLS] as in the paper (Eq. 1), the mean over all tokens but the
 * padding, or the last token, which alone has seen all others in a decoder.
 */
export const poolings = { cls, mean, last } satisfies Record<Pooling, unknown>;

/** Scales each row to length 1; a row of zeros stays. */
export function normaliseRows(rows: Float32Array, width: number): void {
  for (let start = 0; start < rows.length; start += width) {
    const row = rows.subarray(start, start + width);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) row.forEach((value, i) => row[i] = value / length);
  }
}

/** One of these ways. */
export type Pooling = "cls" | "mean" | "last";
