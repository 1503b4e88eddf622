import { CheckpointError } from "../errors.ts";
import { isRecord } from "../json.ts";

/** A tensor as it is kept in a file: row by row. */
export interface SavedTensor {
  /** Extents, outermost first. */
  shape: number[];
  /** Its numbers, row by row. */
  values: Float32Array | Int32Array | Uint8Array;
}

/** The element types that are used here, by their names in the file. */
export const elementTypes = { F32: Float32Array, I32: Int32Array, U8: Uint8Array };

/** The bytes of an element of each type that is read; floats of 16 bits become 32-bit ones. */
export const elementBytes = { F32: 4, I32: 4, U8: 1, F16: 2, BF16: 2 };

/** Where one tensor lies in the data that follows the header. */
export interface TensorEntry {
  name: string;
  dtype: keyof typeof elementBytes;
  shape: number[];
  /** Its first byte, and the one after its last. */
  begin: number;
  end: number;
}

/** What the header of a safetensors file says. */
export interface Header {
  entries: TensorEntry[];
  metadata: Record<string, string>;
}

/** The name under which the header holds free strings instead of a tensor. */
export const metadataKey = "__metadata__";

/** Returns the error for a file that is not what its format says. */
export function damaged(where: string, expected: string, found: string, cause?: unknown): CheckpointError {
  const advice =
    "The file is damaged or not in safetensors format: take another copy; a run whose checkpoint is deleted begins anew.";
  return new CheckpointError({ where, expected, found, advice }, { cause });
}

/**
 * Reads the JSON header of a safetensors file and checks that its tensors fill the data exactly.
 *
 * @param text the header
 * @param dataLength the bytes that follow the header
 * @param path the file's name, for messages
 * @throws {CheckpointError} if anything in the header is not as the format says
 */
export function parseHeader(text: string, dataLength: number, path: string): Header {
  const fields = parseObject(text, path);
  const { [metadataKey]: metadata = {}, ...tensors } = fields;
  if (!isRecord(metadata) || Object.values(metadata).some((value) => typeof value !== "string")) {
    throw damaged(`${path}, ${metadataKey}`, "an object of strings", JSON.stringify(metadata));
  }
  const entries = Object.entries(tensors).map(([name, entry]) =>
    parseEntry(name, entry, `${path}, tensor ${name}`)
  );
  checkLayout(entries, dataLength, path);
  return { entries, metadata: metadata as Record<string, string> };
}

function parseObject(text: string, path: string): Record<string, unknown> {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch (cause) {
    throw damaged(`${path}, header`, "JSON", String(cause), cause);
  }
  // the format forbids blanks in front
  if (!text.startsWith("{") || !isRecord(fields)) {
    throw damaged(`${path}, header`, "a JSON object that begins with {", JSON.stringify(text.slice(0, 20)));
  }
  const twice = findDuplicateKey(text);
  if (twice !== undefined) {
    throw damaged(`${path}, header`, "every name once", `${JSON.stringify(twice)} twice`);
  }
  return fields;
}

/**
 * Returns a key that occurs twice in one object, which `JSON.parse` would not notice.
 *
 * @param json that has been parsed; a regular expression would overflow the stack on a string of megabytes
 */
function findDuplicateKey(json: string): string | undefined {
  const openObjects: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    if (json[at] === "{") openObjects.push(new Set());
    else if (json[at] === "}") openObjects.pop();
    else if (json[at] === '"') {
      const end = endOfString(json, at);
      if (isKey(json, end)) {
        const name: string = JSON.parse(json.slice(at, end));
        const names = openObjects[openObjects.length - 1];
        if (names.has(name)) return name;
        names.add(name);
      }
      at = end - 1;
    }
  }
}

/** Returns where a string that begins at `begin` has ended. */
function endOfString(json: string, begin: number): number {
  for (let quote = json.indexOf('"', begin + 1);; quote = json.indexOf('"', quote + 1)) {
    let slash = quote;
    while (json[slash - 1] === "\\") slash--;
    if ((quote - slash) % 2 === 0) return quote + 1; // each pair of backslashes is one that was escaped
  }
}

function isKey(json: string, end: number): boolean {
  while (/\s/.test(json[end])) end++;
  return json[end] === ":";
}

function parseEntry(name: string, entry: unknown, where: string): TensorEntry {
  if (!isRecord(entry)) {
    throw damaged(where, "an object with dtype, shape and data_offsets", JSON.stringify(entry));
  }
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(elementBytes, dtype)) {
    throw damaged(
      where,
      `a dtype of ${Object.keys(elementBytes).join(", ")}`,
      JSON.stringify(dtype) ?? "none",
    );
  }
  if (!isSizes(shape)) throw damaged(where, "a shape of whole numbers", JSON.stringify(shape) ?? "none");
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw damaged(where, "data_offsets [begin, end] with begin ≤ end", JSON.stringify(offsets) ?? "none");
  }
  const known = dtype as keyof typeof elementBytes;
  const [begin, end] = offsets;
  const bytes = elementCount(shape) * elementBytes[known];
  if (end - begin !== bytes) {
    throw damaged(where, `${bytes} bytes for ${known} [${shape.join(", ")}]`, `${end - begin} bytes`);
  }
  return { name, dtype: known, shape, begin, end };
}

/** Checks that the tensors follow each other without gap or overlap, from the first byte of the data to the last. */
function checkLayout(entries: TensorEntry[], dataLength: number, path: string): void {
  let reached = 0;
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) {
      const fault = begin < reached ? "an overlap" : "a gap";
      throw damaged(
        `${path}, tensor ${name}`,
        `data from byte ${reached}`,
        `${fault}: data from byte ${begin}`,
      );
    }
    reached = end;
  }
  if (reached !== dataLength) {
    throw damaged(path, `${reached} bytes of data after the header`, `${dataLength} bytes`);
  }
}

/** Returns the number of elements of a shape; a scalar's shape is empty. */
export function elementCount(shape: number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
