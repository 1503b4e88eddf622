import { crc32 } from "node:zlib";
import { checksumOf, formatChecksum, noChecksum } from "../checksum.ts";
import { widenFloats } from "../half_floats.ts";
import { CheckpointError, ParameterError } from "../errors.ts";
import { writeFileAtomically } from "../write_file.ts";
import {
  damaged,
  elementCount,
  elementTypes,
  metadataKey,
  parseHeader,
  type SavedTensor,
  type TensorEntry,
} from "./safetensors_header.ts";

export type { SavedTensor } from "./safetensors_header.ts";

/** The contents of a safetensors file: named tensors and free strings. */
export interface SavedTensors {
  tensors: Record<string, SavedTensor>;
  metadata: Record<string, string>;
}

/** Bytes of the number that tells the header's length. */
const prefixLength = 8;

/**
 * Metadata key of the checksum: eight hexadecimal digits, which count as zeros in it.
 *
 * It is a CRC-32 of the whole file, which notices every changed bit, and any damage but one in four billion.
 */
const checksumKey = "crc32";

/** How the header of a file with a checksum begins: so the digits have one place. */
const checkedStart = `{"${metadataKey}":{"${checksumKey}":"`;

/** Bytes that are read at a time: the checksum of one part is computed while the next is read. */
const partLength = 4 * 2 ** 20;

/** The format's own limit, so that a damaged length is not taken for a header of gigabytes. */
const maxHeaderLength = 100_000_000;

/**
 * Writes tensors to a safetensors file, in the given order; the path never holds a part of a file.
 *
 * The same tensors and metadata always give the same bytes. The format is Hugging Face's: the header's length as a
 * little-endian 64-bit number, a JSON header, then the values. The checksum in the metadata is for `readSafetensors`;
 * other software passes over it.
 *
 * @param tensors by name
 * @param metadata free strings, kept in the header
 * @throws {ParameterError} if a tensor has another number of values than its shape says, or the reserved name
 * @example
 * ```ts
 * import { readSafetensors, writeSafetensors } from "./safetensors.ts";
 * import assert from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * const path = `${folder}/model.safetensors`;
 * const tensors = { kernel: { shape: [2, 1], values: Float32Array.of(0.5, -1) } };
 * await writeSafetensors(path, tensors, { epoch: "3" });
 * assert.deepEqual(await readSafetensors(path), { tensors, metadata: { epoch: "3" } });
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeSafetensors(
  path: string,
  tensors: Record<string, SavedTensor>,
  metadata: Record<string, string>,
): Promise<void> {
  let end = 0;
  const entries = Object.entries(tensors).map(([name, tensor]) => {
    checkTensor(name, tensor);
    const begin = end;
    end += tensor.values.byteLength;
    return [name, { dtype: dtypeOf(tensor), shape: tensor.shape, data_offsets: [begin, end] }] as const;
  });
  if (Object.hasOwn(metadata, checksumKey)) throw reserved(`metadata ${checksumKey}`);
  const strings = [`${checkedStart}${noChecksum}"`, ...Object.entries(metadata).map(fieldOf)];
  const json = `${[`${strings}}`, ...entries.map(fieldOf)]}}`;
  const chunks = [...encodeHeader(json), ...Object.values(tensors).map(({ values }) => bytesOf(values))];
  setChecksum(chunks[1], checksumOf(chunks));
  await writeFileAtomically(path, chunks);
}

/**
 * Reads a safetensors file.
 *
 * The values are views of one buffer that holds the file's data. Element types are float32, int32, uint8, and float16 and bfloat16, which become float32. Files of
 * other software have no checksum and are read without.
 *
 * @throws {CheckpointError} if there is no such file, or it is cut off, of another format, damaged or not what its
 *   checksum says
 */
export async function readSafetensors(path: string): Promise<SavedTensors> {
  using file = await openFile(path);
  const fileLength = (await file.stat()).size;
  const prefix = await readBytes(file, prefixLength, path);
  const headerLength = Number(new DataView(prefix.buffer).getBigUint64(0, true));
  const limit = Math.min(maxHeaderLength, fileLength - prefixLength);
  if (headerLength > limit) {
    throw damaged(path, `a header of at most ${limit} bytes`, `${headerLength} bytes`);
  }
  const header = await readBytes(file, headerLength, path);
  const text = decodeUtf8(header, path);
  const dataLength = fileLength - prefixLength - headerLength;
  const { entries, metadata: { [checksumKey]: checksum, ...metadata } } = parseHeader(text, dataLength, path);
  let sum = crc32(prefix);
  if (text.startsWith(checkedStart)) setChecksum(header, noChecksum);
  sum = crc32(header, sum);
  const data = await readBytes(file, dataLength, path, (part) => sum = crc32(part, sum));
  const found = formatChecksum(sum);
  if (checksum !== undefined && checksum !== found) throw changed(path, checksum, found);
  const tensors = Object.fromEntries(
    entries.map((entry) => [entry.name, { shape: entry.shape, values: valuesAt(data, entry) }]),
  );
  return { tensors, metadata };
}

function setChecksum(header: Uint8Array, digits: string): void {
  header.set(new TextEncoder().encode(digits), checkedStart.length);
}

function changed(path: string, checksum: string, found: string): CheckpointError {
  return new CheckpointError({
    where: path,
    expected: `the bytes that were written, of checksum ${checksum}`,
    found: `others, of checksum ${found}`,
    advice: "The file is damaged: take another copy; a run whose checkpoint is deleted begins anew. " +
      `Other software that has changed it on purpose must leave out the metadata "${checksumKey}".`,
  });
}

/** Returns a field in JSON; in an object, names that are numbers would come before the others. */
function fieldOf([name, value]: readonly [string, unknown]): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

/** Returns the length and the header, with blanks after it so that the data starts at a multiple of eight bytes. */
function encodeHeader(json: string): Uint8Array[] {
  const header = new TextEncoder().encode(json);
  const blanks = new Uint8Array((8 - header.length % 8) % 8).fill(" ".charCodeAt(0));
  const prefix = new Uint8Array(prefixLength);
  new DataView(prefix.buffer).setBigUint64(0, BigInt(header.length + blanks.length), true);
  return [prefix, header, blanks];
}

async function openFile(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    const advice = "Check the path, or train the model first.";
    throw new CheckpointError({ where: path, expected: "a safetensors file", found: "no file", advice }, {
      cause,
    });
  }
}

/** Reads the file's next bytes; `observe` is given them part by part, in order. */
async function readBytes(
  file: Deno.FsFile,
  length: number,
  path: string,
  observe: (part: Uint8Array) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let observed = 0;
  for (let filled = 0; filled < length;) {
    const reading = file.read(bytes.subarray(filled, filled + partLength));
    observe(bytes.subarray(observed, filled));
    observed = filled;
    const count = await reading;
    if (count === null) throw damaged(path, `${length} more bytes`, `the end of the file after ${filled}`);
    filled += count;
  }
  observe(bytes.subarray(observed));
  return bytes;
}

function decodeUtf8(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw damaged(`${path}, header`, "UTF-8 text", "other bytes", cause);
  }
}

function valuesAt(data: Uint8Array<ArrayBuffer>, { dtype, begin, end }: TensorEntry): SavedTensor["values"] {
  if (dtype === "F16") return widenFloats(data.subarray(begin, end), "float16");
  if (dtype === "BF16") return widenFloats(data.subarray(begin, end), "bfloat16");
  const Values = elementTypes[dtype];
  const count = (end - begin) / Values.BYTES_PER_ELEMENT;
  // only a file that mixes element types can hold values where no view can start
  const isAligned = begin % Values.BYTES_PER_ELEMENT === 0;
  return isAligned ? new Values(data.buffer, begin, count) : new Values(data.slice(begin, end).buffer);
}

function bytesOf(values: SavedTensor["values"]): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function dtypeOf({ values }: SavedTensor): keyof typeof elementTypes {
  if (values instanceof Float32Array) return "F32";
  return values instanceof Int32Array ? "I32" : "U8";
}

function checkTensor(name: string, { shape, values }: SavedTensor): void {
  if (name === metadataKey) throw reserved(`tensor ${name}`);
  if (elementCount(shape) !== values.length) {
    throw new ParameterError({
      where: `tensor ${name}`,
      expected: `${elementCount(shape)} values for shape [${shape.join(", ")}]`,
      found: `${values.length} values`,
      advice: "Give the shape that the values have.",
    });
  }
}

function reserved(where: string): ParameterError {
  return new ParameterError({
    where,
    expected: "a name that is not reserved",
    found: "one that is",
    advice: "Rename it.",
  });
}
