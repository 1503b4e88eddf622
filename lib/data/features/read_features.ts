import { matchesChecksum } from "../../checksum.ts";
import { widenFloats } from "../../half_floats.ts";
import { DataError } from "../../errors.ts";
import { isRecord } from "../../json.ts";
import type { FeatureTable } from "../domain.ts";
import { readBytes } from "../files.ts";
import { type FeatureNote, type ItemCount, looksHalf, widthOf } from "./width.ts";

/**
 * Reads a feature file: little-endian 32-bit floats, or 16-bit ones, one row per item.
 *
 * `<path>.json` may say the width, the number of rows, the number type and the encoder.
 *
 * @param count how many rows there must be
 * @param width numbers of a row, where the file does not say so itself
 * @throws {DataError} if there is no such file, its size does not fit, or a number is not finite
 */
export async function readFeatures(path: string, count: ItemCount, width?: number): Promise<FeatureTable> {
  const bytes = await readBytes(path);
  const note = await readNote(`${path}.json`);
  checkChecksum(path, bytes, note);
  const isHalf = note.dtype === "float16" || (note.dtype === undefined && looksHalf(bytes));
  const found = widthOf(path, bytes.length, count, isHalf ? { ...note, dtype: "float16" } : note, width);
  const values = isHalf ? widenFloats(bytes, "float16") : new Float32Array(bytes.buffer);
  return checkFinite(path, {
    values,
    ...found,
    ...note.encoder === undefined ? {} : { encoder: note.encoder },
  });
}

function checkChecksum(path: string, bytes: Uint8Array, { features: expected }: FeatureNote): void {
  if (expected === undefined || matchesChecksum(bytes, expected)) return;
  throw new DataError({
    where: path,
    expected: `the bytes that ${path}.json describes, of checksum ${expected}`,
    found: "others",
    advice: "The file is damaged: copy or encode it again, or remove both if they are in data/processed.",
  });
}

/** Returns the table after checking that all its numbers are finite. */
export function checkFinite(path: string, table: FeatureTable): FeatureTable {
  const { values, width } = table;
  const damaged = values.findIndex((value) => !Number.isFinite(value));
  if (damaged < 0) return table;
  throw new DataError({
    where: `${path}, row ${Math.floor(damaged / width)}`,
    expected: "finite numbers",
    found: `${values[damaged]} in column ${damaged % width}`,
    advice: "Encode the items again.",
  });
}

async function readNote(path: string): Promise<FeatureNote> {
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "{}";
    throw error;
  });
  const fault = (expected: string, found: string) =>
    new DataError({ where: path, expected, found, advice: "Mend the file, or take it away." });
  let note: unknown;
  try {
    note = JSON.parse(text);
  } catch {
    note = null;
  }
  if (!isRecord(note)) throw fault("a JSON object", JSON.stringify(text.slice(0, 80)));
  const { width, rows, dtype, encoder, features } = note;
  for (const [name, value] of Object.entries({ width, rows })) {
    if (value !== undefined && !(Number.isInteger(value) && (value as number) > 0)) {
      throw fault(`a whole number above 0 as ${name}`, JSON.stringify(value));
    }
  }
  if (dtype !== undefined && dtype !== "float32" && dtype !== "float16") {
    throw fault("float32 or float16 as dtype", JSON.stringify(dtype));
  }
  if (encoder !== undefined && typeof encoder !== "string") {
    throw fault("a text as encoder", JSON.stringify(encoder));
  }
  if (
    features !== undefined && (typeof features !== "string" || !/^(?:[\da-f]{8}|[\da-f]{64})$/.test(features))
  ) {
    throw fault("8 or 64 hexadecimal digits as features", JSON.stringify(features));
  }
  return { width, rows, dtype, encoder, features } as FeatureNote;
}
