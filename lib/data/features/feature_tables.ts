import * as v from "valibot";
import { DataError } from "../../errors.ts";
import { widenFloats } from "../../half_floats.ts";
import { isRecord } from "../../json.ts";
import { atLeast, parse, wholeNumber } from "../../schema.ts";
import type { FeatureTable } from "../domain.ts";
import { exists, readBytes } from "../files.ts";
import { openParquet } from "../reading/parquet_file.ts";
import { cleanId } from "../reading/table.ts";
import { checkFinite } from "./read_features.ts";

/** Vectors that were made elsewhere, and whose they are, where the file says so. */
export interface FeatureFile {
  table: FeatureTable;
  ids: string[] | null;
}

/** The ends of the names of files with vectors, besides the processed format's own. */
const tableEnds = ["features.npy", "features.safetensors", "features.parquet"] as const;
const ownEnds = ["feat1CLS", "feat1CLS.json", "item2index"];

/**
 * Returns the files beside a data set that have to do with its features, such as `X.feat1CLS` and `X.item2index`, or
 * `X.features.parquet`; none where there are no features.
 *
 * @param base the data set's folder and name
 */
export async function findFeatureFiles(base: string): Promise<string[]> {
  const found: string[] = [];
  for (const end of [...ownEnds, ...tableEnds]) {
    if (await exists(`${base}.${end}`)) found.push(`${base}.${end}`);
  }
  return found.some((path) => !path.endsWith(".item2index") && !path.endsWith(".json")) ? found : [];
}

/**
 * Reads vectors that were made elsewhere, beside a data set: `X.features.npy` (NumPy), `X.features.safetensors` (one
 * matrix) or `X.features.parquet` (identifiers and lists of numbers); null where there is none.
 *
 * @throws {DataError} if the file is damaged, or holds no matrix of finite numbers
 */
export async function readFeatureTable(base: string): Promise<FeatureFile & { path: string } | null> {
  for (const end of tableEnds) {
    const path = `${base}.${end}`;
    if (!await exists(path)) continue;
    const { table, ids } = end === "features.npy"
      ? { table: readNpy(path, await readBytes(path)), ids: null }
      : end === "features.safetensors"
      ? readSafetensorsTable(path, await readBytes(path))
      : await readParquetTable(path);
    return { path, table: checkFinite(path, table), ids };
  }
  return null;
}

/** Element types by NumPy's names and by those of safetensors. */
const floats: Record<string, { size: number; read(bytes: Uint8Array): Float32Array }> = {
  "<f4": { size: 4, read: (bytes) => new Float32Array(bytes.slice().buffer) },
  "<f2": { size: 2, read: (bytes) => widenFloats(bytes, "float16") },
  "<f8": { size: 8, read: (bytes) => Float32Array.from(new Float64Array(bytes.slice().buffer)) },
  BF16: { size: 2, read: (bytes) => widenFloats(bytes, "bfloat16") },
};
floats.F32 = floats["<f4"];
floats.F16 = floats["<f2"];
floats.F64 = floats["<f8"];

/** Reads a matrix of NumPy's own format, versions 1 to 3. */
function readNpy(path: string, bytes: Uint8Array<ArrayBuffer>): FeatureTable {
  const isNumpy = bytes[0] === 0x93 && new TextDecoder().decode(bytes.subarray(1, 6)) === "NUMPY";
  if (!isNumpy || bytes.length < 12) {
    throw damaged(path, "NumPy's .npy format", `${bytes.length} other bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirst = bytes[6] === 1;
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = (isFirst ? 10 : 12) + length;
  const header = new TextDecoder().decode(bytes.subarray(isFirst ? 10 : 12, start));
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1] ?? "";
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1].split(",").filter((size) => size.trim() !== "")
    .map(Number);
  if (/'fortran_order':\s*True/.test(header)) {
    throw damaged(path, "rows one after the other", "Fortran's order");
  }
  return matrix(path, type, shape ?? [], bytes.subarray(start));
}

const matrixSchema = atLeast({
  dtype: v.string(),
  shape: v.array(wholeNumber()),
  data_offsets: v.tuple([wholeNumber(), wholeNumber()]),
});

/** Reads the only matrix of a safetensors file; its metadata may hold `ids`, a JSON list, and `encoder`. */
function readSafetensorsTable(path: string, bytes: Uint8Array<ArrayBuffer>): FeatureFile {
  const length = bytes.length < 8 ? 0 : Number(new DataView(bytes.buffer).getBigUint64(0, true));
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch (cause) {
    throw damaged(path, "a safetensors file", "no header of JSON", cause);
  }
  if (!isRecord(header)) throw damaged(path, "a safetensors file", "no header of JSON");
  const { __metadata__: metadata = {}, ...tensors } = header;
  const matrices = Object.values(tensors).filter((tensor) =>
    isRecord(tensor) && Array.isArray(tensor.shape) && tensor.shape.length === 2
  );
  if (matrices.length !== 1) throw damaged(path, "one matrix", `${matrices.length} of them`);
  const { dtype, shape, data_offsets: [begin, end] } = parse(
    matrixSchema,
    matrices[0],
    `${path}, header`,
    advice,
  );
  const table = matrix(path, dtype, shape, bytes.subarray(8 + length + begin, 8 + length + end));
  const { ids = null, encoder } = isRecord(metadata) ? metadata : {};
  return {
    table: typeof encoder === "string" ? { ...table, encoder } : table,
    ids: typeof ids === "string" ? parseIds(path, ids) : null,
  };
}

function parseIds(path: string, json: string): string[] {
  try {
    const ids: unknown = JSON.parse(json);
    if (Array.isArray(ids)) return ids.map((id) => cleanId(String(id)));
  } catch {
    // said below
  }
  throw damaged(`${path}, metadata "ids"`, "a JSON list of identifiers", json.slice(0, 80));
}

function matrix(path: string, type: string, shape: number[], bytes: Uint8Array): FeatureTable {
  if (!Object.hasOwn(floats, type)) {
    throw damaged(path, "floats of 16, 32 or 64 bits, little-endian", `the type ${JSON.stringify(type)}`);
  }
  const [rows, width] = shape;
  const size = floats[type].size * rows * width;
  if (shape.length !== 2 || ![rows, width].every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw damaged(path, "a matrix [items, width]", `the shape [${shape.join(", ")}]`);
  }
  if (bytes.length !== size) {
    throw damaged(path, `${size} bytes for [${shape.join(", ")}]`, `${bytes.length}`);
  }
  return { values: floats[type].read(bytes) as Float32Array<ArrayBuffer>, rows, width };
}

/** Reads a table of identifiers and lists of numbers, the first column of each kind. */
async function readParquetTable(path: string): Promise<FeatureFile> {
  const { columns, parts } = await openParquet(path);
  const vectors = columns.findIndex(({ kind }) => kind === "numbers");
  const names = columns.findIndex(({ kind }) => kind === "text" || kind === "number");
  if (vectors < 0 || names < 0) {
    const found = columns.map(({ name }) => name).join(", ");
    throw damaged(path, "a column of identifiers and one of lists of numbers", found);
  }
  const ids: string[] = [];
  const tables: Float32Array[] = [];
  let width = 0;
  for (const { rows, cells: [own, lists] } of parts([names, vectors])) {
    width ||= (lists[0] as ArrayLike<number> | null)?.length ?? 0;
    const table = new Float32Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const [id, list] = [cleanId(String(own[row] ?? "")), lists[row] as ArrayLike<number | null> | null];
      if (list?.length !== width || width === 0) {
        throw damaged(`${path}, item ${id}`, `a list of ${width} numbers`, `${list?.length ?? "none"}`);
      }
      for (let i = 0; i < width; i++) table[row * width + i] = Number(list[i] ?? NaN);
      ids.push(id);
    }
    tables.push(table);
  }
  if (ids.length === 0) throw damaged(path, "an item's identifier and vector in each row", "no rows");
  const values = new Float32Array(ids.length * width);
  let at = 0;
  for (const table of tables) {
    values.set(table, at);
    at += table.length;
  }
  return { table: { values, rows: ids.length, width }, ids };
}

const advice = "Write the file again; data/README.md says how vectors come in.";

function damaged(where: string, expected: string, found: string, cause?: unknown): DataError {
  return new DataError({ where, expected, found, advice }, { cause });
}
