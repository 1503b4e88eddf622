import { DataError } from "../../errors.ts";
import type { FeatureTable } from "../domain.ts";
import { readBytes } from "../files.ts";

/** Numbers per item in a feature file: BERT-base's [CLS] vector. */
export const featureWidth = 768;

/**
 * Reads a feature file: little-endian 32-bit floats, one row of 768 per item.
 *
 * @param items how many rows there must be, or null where only the file can tell
 * @throws {DataError} if there is no such file, its size does not fit, or a number is not finite
 */
export async function readFeatures(path: string, items: number | null): Promise<FeatureTable> {
  const bytes = await readBytes(path);
  const rowSize = featureWidth * Float32Array.BYTES_PER_ELEMENT;
  if (
    bytes.length === 0 || bytes.length % rowSize !== 0 || (items !== null && bytes.length !== items * rowSize)
  ) {
    throw new DataError({
      where: path,
      expected: `${items ?? "rows"} × ${featureWidth} × 4${
        items === null ? "" : ` = ${items * rowSize}`
      } bytes`,
      found: `${bytes.length} bytes`,
      advice: "The file is incomplete or belongs to other items: copy or encode it again.",
    });
  }
  const values = new Float32Array(bytes.buffer);
  const damaged = values.findIndex((value) => !Number.isFinite(value));
  if (damaged >= 0) {
    throw new DataError({
      where: `${path}, row ${Math.floor(damaged / featureWidth)}`,
      expected: "finite numbers",
      found: `${values[damaged]} in column ${damaged % featureWidth}`,
      advice: "Encode the items again.",
    });
  }
  return { values, rows: bytes.length / rowSize, width: featureWidth };
}
