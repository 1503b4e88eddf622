import type { FeatureTable } from "../../../data/domain.ts";
import { directionsOf } from "../../../text/geometry/cosine.ts";

/** The nearest rows of every row. */
export interface NearestRows {
  /** The nearest first; −1 where there are fewer. `[rows × count]` */
  nearest: Int32Array;
  /** `[rows × count]` */
  cosines: Float64Array;
}

/** Rows whose products with as many others are formed at once: what they hold fits into a processor's cache. */
const block = 64;

/**
 * Finds the rows with the largest cosine to each row of a table, all pairs being compared; of equal ones the first.
 *
 * Rows without a direction (see `directionsOf`) have none and are none. Each pair's cosine is computed once.
 *
 * @param count how many each row gets, at most
 * @throws {DataError} if a number is not finite, or fewer than two rows have a direction
 */
export function nearestByCosine(table: FeatureTable, count: number): NearestRows {
  const { directed, lengths } = directionsOf(table);
  const { width } = table;
  const found: NearestRows = {
    nearest: new Int32Array(table.rows * count).fill(-1),
    cosines: new Float64Array(table.rows * count).fill(-Infinity),
  };
  const blocks = Math.ceil(directed.length / block);
  const [one, other] = [new Float64Array(block * width), new Float64Array(block * width)];
  const products = new Float64Array(block * block);
  /** Lays unit vectors out by groups of `lanes`, coordinate by coordinate, as `multiply` reads them. */
  const pack = (packed: Float64Array, start: number, lanes: number) => {
    packed.fill(0);
    for (let at = start; at < Math.min(start + block, directed.length); at++) {
      const from = directed[at] * width;
      const group = Math.floor((at - start) / lanes);
      let to = group * lanes * width + (at - start) % lanes;
      for (let i = 0; i < width; i++, to += lanes) {
        packed[to] = table.values[from + i] / lengths[directed[at]];
      }
    }
  };
  for (let a = 0; a < blocks; a++) {
    pack(one, a * block, 4);
    for (let b = a; b < blocks; b++) {
      pack(other, b * block, 2);
      multiply(one, other, width, products);
      for (let i = 0; i < block && a * block + i < directed.length; i++) {
        const row = directed[a * block + i];
        for (let j = a === b ? i + 1 : 0; j < block && b * block + j < directed.length; j++) {
          const column = directed[b * block + j];
          const cosine = products[i * block + j];
          if (cosine > found.cosines[(row + 1) * count - 1]) insert(found, count, row, column, cosine);
          if (cosine > found.cosines[(column + 1) * count - 1]) insert(found, count, column, row, cosine);
        }
      }
    }
  }
  return found;
}

/**
 * Multiplies two packed blocks: four rows by two at a time, whose eight sums stay in registers.
 *
 * @param one rows in groups of four. `[block / 4 × width × 4]`
 * @param other rows in groups of two. `[block / 2 × width × 2]`
 * @param products `[block × block]`
 */
function multiply(one: Float64Array, other: Float64Array, width: number, products: Float64Array): void {
  for (let i = 0; i < block; i += 4) {
    for (let j = 0; j < block; j += 2) {
      let p00 = 0, p01 = 0, p10 = 0, p11 = 0, p20 = 0, p21 = 0, p30 = 0, p31 = 0;
      for (let at = i * width, to = j * width; at < (i + 4) * width; at += 4, to += 2) {
        const x = other[to], y = other[to + 1];
        const a = one[at], b = one[at + 1], c = one[at + 2], d = one[at + 3];
        p00 += a * x;
        p01 += a * y;
        p10 += b * x;
        p11 += b * y;
        p20 += c * x;
        p21 += c * y;
        p30 += d * x;
        p31 += d * y;
      }
      const to = i * block + j;
      products[to] = p00;
      products[to + 1] = p01;
      products[to + block] = p10;
      products[to + block + 1] = p11;
      products[to + 2 * block] = p20;
      products[to + 2 * block + 1] = p21;
      products[to + 3 * block] = p30;
      products[to + 3 * block + 1] = p31;
    }
  }
}

/** Puts a row into another one's list, whose last entry it beats; rows come in ascending order. */
function insert(
  { nearest, cosines }: NearestRows,
  count: number,
  row: number,
  other: number,
  cosine: number,
) {
  let at = (row + 1) * count - 1;
  for (; at > row * count && cosines[at - 1] < cosine; at--) {
    cosines[at] = cosines[at - 1];
    nearest[at] = nearest[at - 1];
  }
  cosines[at] = cosine;
  nearest[at] = other;
}
