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

/** The ways to make one vector of a text's tokens: [CLS] as in the paper (Eq. 1), or the mean over all tokens but the padding. */
export const poolings = { cls, mean };

/** One of these ways. */
export type Pooling = keyof typeof poolings;
