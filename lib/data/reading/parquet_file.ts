import { tableFromIPC, Type } from "@uwdata/flechette";
import { readParquet, readSchema } from "parquet-wasm";
import { DataError } from "../../errors.ts";
import { readBytes } from "../files.ts";
import { firstBytes } from "./bytes.ts";

/** What the cells of a column are: texts, numbers (bigint where they are long), times, lists of numbers. */
export type ParquetKind = "text" | "number" | "time" | "numbers" | "other";

/** A Parquet file whose columns are known and whose rows are not decoded yet. */
export interface ParquetFile {
  columns: { name: string; kind: ParquetKind }[];
  /** Reads columns by their places, some rows after the others; times are milliseconds since 1970, lists are array-like. */
  parts(columns: readonly number[]): Generator<{ rows: number; cells: ArrayLike<unknown>[] }>;
}

/** Rows that are decoded at once. */
const rowsOfPart = 2 ** 20;

/** Tells whether a file is Parquet, by its first bytes. */
export async function isParquet(path: string): Promise<boolean> {
  return new TextDecoder().decode(await firstBytes(path, 4)) === "PAR1";
}

/**
 * Opens a Parquet file, in any of the format's compressions.
 *
 * Arrow's own reader in WebAssembly does the work: a damaged file makes Polars' reader panic in one of its threads, which
 * ends the process before anybody can say which file it was.
 *
 * @throws {DataError} if the file is damaged, here or while its rows are read
 */
export async function openParquet(path: string): Promise<ParquetFile> {
  const bytes = await readBytes(path);
  const { fields } = attempt(path, () => tableFromIPC(readSchema(bytes).intoIPCStream()).schema);
  const columns = fields.map(({ name, type }) => ({ name, kind: kindOf(type) }));
  return {
    columns,
    *parts(wanted) {
      const names = wanted.map((at) => columns[at].name);
      for (let offset = 0, rows = rowsOfPart; rows === rowsOfPart; offset += rows) {
        const options = { columns: [...new Set(names)], offset, limit: rowsOfPart };
        const part = attempt(path, () => {
          const table = tableFromIPC(readParquet(bytes, options).intoIPCStream(), { useBigInt: true });
          const cells: ArrayLike<unknown>[] = names.map((name) => table.getChild(name).toArray());
          return { rows: table.numRows, cells };
        });
        rows = part.rows;
        if (rows > 0) yield part;
      }
    },
  };
}

type FieldType = ReturnType<typeof tableFromIPC>["schema"]["fields"][number]["type"];

const lists: number[] = [Type.List, Type.LargeList, Type.FixedSizeList];
const kinds: Record<ParquetKind, number[]> = {
  text: [Type.Utf8, Type.LargeUtf8, Type.Utf8View],
  number: [Type.Int, Type.Float, Type.Decimal],
  time: [Type.Timestamp, Type.Date],
  numbers: [],
  other: [],
};

function kindOf(type: FieldType): ParquetKind {
  if (type.typeId === Type.Dictionary) return kindOf(type.dictionary);
  if (lists.includes(type.typeId) && "children" in type) {
    return kindOf(type.children[0].type) === "number" ? "numbers" : "other";
  }
  return (Object.keys(kinds) as ParquetKind[]).find((kind) => kinds[kind].includes(type.typeId)) ?? "other";
}

/** What goes wrong in a damaged file has many names; all of them mean that it is damaged. */
function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new DataError({
      where: path,
      expected: "a Parquet file",
      found: cause instanceof Error ? cause.message : String(cause),
      advice: "The file is damaged or cut off: copy or write it again.",
    }, { cause });
  }
}
