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

/** The format's own limit, so that a damaged length is not taken for a header of gigabytes. */
const maxHeaderLength = 100_000_000;

/**
 * Writes tensors to a safetensors file, in the given order; the path never holds a part of a file.
 *
 * The same tensors and metadata always give the same bytes. The format is Hugging Face's: the header's length as a
 * little-endian 64-bit number, a JSON header, then the values.
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
  const json = JSON.stringify(Object.fromEntries<unknown>([[metadataKey, metadata], ...entries]));
  const data = Object.values(tensors).map(({ values }) => bytesOf(values));
  await writeFileAtomically(path, [...encodeHeader(json), ...data]);
}

/**
 * Reads a safetensors file.
 *
 * The values are views of one buffer that holds the file's data. Element types are float32, int32 and uint8.
 *
 * @throws {CheckpointError} if there is no such file, or it is cut off, damaged or of another format
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
  const text = decodeUtf8(await readBytes(file, headerLength, path), path);
  const { entries, metadata } = parseHeader(text, fileLength - prefixLength - headerLength, path);
  const data = await readBytes(file, fileLength - prefixLength - headerLength, path);
  const tensors = Object.fromEntries(
    entries.map((entry) => [entry.name, { shape: entry.shape, values: valuesAt(data, entry) }]),
  );
  return { tensors, metadata };
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

async function readBytes(file: Deno.FsFile, length: number, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) throw damaged(path, `${length} more bytes`, `the end of the file after ${filled}`);
    filled += count;
  }
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
  const Values = elementTypes[dtype];
  const count = (end - begin) / Values.BYTES_PER_ELEMENT;
  // only a file that mixes element types can hold values where no view can start
  const isAligned = begin % Values.BYTES_PER_ELEMENT === 0;
  return isAligned ? new Values(data.buffer, begin, count) : new Values(data.slice(begin, end).buffer);
}

function bytesOf(values: SavedTensor["values"]): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function dtypeOf({ values }: SavedTensor): TensorEntry["dtype"] {
  if (values instanceof Float32Array) return "F32";
  return values instanceof Int32Array ? "I32" : "U8";
}

function checkTensor(name: string, { shape, values }: SavedTensor): void {
  if (name === metadataKey) {
    const advice = "Rename the tensor.";
    throw new ParameterError({ where: name, expected: "a name that is not reserved", found: name, advice });
  }
  if (elementCount(shape) !== values.length) {
    throw new ParameterError({
      where: `tensor ${name}`,
      expected: `${elementCount(shape)} values for shape [${shape.join(", ")}]`,
      found: `${values.length} values`,
      advice: "Give the shape that the values have.",
    });
  }
}
