import { DataError } from "../../errors.ts";

/** Numbers per item in a feature file that says nothing else: BERT-base's [CLS] vector. */
export const featureWidth = 768;

/** The number types of feature files, and their bytes. */
const sizes = { float32: 4, float16: 2 } as const;

/** What a manifest beside a feature file says of it: `X.feat1CLS.json`. */
export interface FeatureNote {
  width?: number;
  rows?: number;
  dtype?: "float32" | "float16";
  /** What made the vectors, by any name; vectors of two names are never mixed. */
  encoder?: string;
  /** The file's checksum: a CRC-32, or the SHA-256 that encoders wrote before. */
  features?: string;
}

/** How many items a feature file has rows for: exactly so many, or at least, where only the file can tell. */
export interface ItemCount {
  items: number;
  isLeast: boolean;
}

/** From so many items on, a width that fits by chance is next to impossible. */
const manyItems = 100;
const widest = 16_384;

/**
 * Tells how many numbers a row of a feature file has.
 *
 * A manifest or the parameter says so; else the file has rows of 768, or of as many numbers as there are bytes for each
 * item. Where more than one is possible, or what is said does not fit, it is an error that names the width that would.
 *
 * @param bytes the file's size
 * @param given the parameter `featureWidth`
 * @throws {DataError} if no width fits, or two do
 */
export function widthOf(
  path: string,
  bytes: number,
  { items, isLeast }: ItemCount,
  note: FeatureNote,
  given?: number,
): { width: number; rows: number } {
  const size = sizes[note.dtype ?? "float32"];
  const said = given ?? note.width;
  const fits = (width: number) => {
    const rows = bytes / (size * width);
    return Number.isInteger(rows) && rows > 0 && (isLeast ? rows >= items : rows === items);
  };
  const exact = items > 0 ? bytes / (size * items) : 0;
  const isExact = Number.isInteger(exact) && exact >= 1 && exact <= widest;
  const width = said ?? featureWidth;
  const rows = bytes / (size * width);
  const isDouble = said === undefined && isLeast && items > 0 && rows >= 2 * items;
  if (fits(width) && !isDouble) {
    if (note.rows === undefined || note.rows === rows) return { width, rows };
  }
  if (said === undefined && isExact && !isDouble) {
    const factor = rows / items;
    const isSure = !Number.isInteger(rows) || (!isLeast && (Number.isInteger(factor) || items >= manyItems));
    if (isSure && exact >= 8) return { width: exact, rows: items };
  }
  const count = items > 0 ? `${isLeast ? "at least " : ""}${items}` : "rows";
  throw new DataError({
    where: path,
    expected: `${count} × ${width} × ${size}${
      items > 0 && !isLeast ? ` = ${items * width * size}` : ""
    } bytes`,
    found: `${bytes} bytes`,
    advice: isExact
      ? `Rows of ${exact} numbers would fit ${items} items: if the file has them, say so with featureWidth=${exact}, ` +
        `or in ${path}.json: {"width": ${exact}}. Else it is incomplete or belongs to other items.`
      : "The file is incomplete or belongs to other items: copy or encode it again.",
  });
}

/**
 * Tells whether the bytes of what should be 32-bit floats are 16-bit ones.
 *
 * The lower half of a 32-bit float is noise, or zero; of two 16-bit floats both halves have exponents of numbers
 * between 2⁻¹¹ and 2⁴.
 */
export function looksHalf(bytes: Uint8Array<ArrayBuffer>): boolean {
  const words = new Uint16Array(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength >> 1, 2 ** 15));
  let usual = 0, filled = 0;
  for (let i = 0; i + 1 < words.length; i += 2) {
    if (words[i] === 0) continue;
    filled++;
    const isUsual = (word: number) => ((word >> 10) & 31) >= 4 && ((word >> 10) & 31) <= 19;
    if (isUsual(words[i]) && isUsual(words[i + 1])) usual++;
  }
  return filled >= 64 && usual > 0.9 * filled && filled > words.length / 4;
}
