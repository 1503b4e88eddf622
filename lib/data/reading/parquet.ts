import pl, { type DataFrame, type Series } from "nodejs-polars";
import { DataError } from "../../errors.ts";
import { createIdIndex, type IdIndex } from "../log/id_index.ts";
import { firstBytes } from "./bytes.ts";
import { isMissing } from "./missing.ts";
import type { Layout } from "./sniff.ts";
import { cleanId, type Table, type TablePlan } from "./table.ts";
import { createNumberReader, createTimeReader } from "./times.ts";

/** Tells whether a file is Parquet, by its first bytes. */
export async function isParquet(path: string): Promise<boolean> {
  return new TextDecoder().decode(await firstBytes(path, 4)) === "PAR1";
}

/**
 * Returns the columns of a Parquet file as the layout of a table.
 *
 * @throws {DataError} if the file is damaged
 */
export async function parquetLayout(path: string): Promise<Layout> {
  const header = await opened(path, () => pl.scanParquet(path).limit(1).collect()).then(({ columns }) =>
    columns
  );
  return { separator: ",", quoted: false, header, width: header.length, sample: [] };
}

/**
 * Reads columns of a Parquet file: identifiers of any type, times as dates, numbers or text, texts and lists of them.
 *
 * @throws {DataError} if the file is damaged, or a time is none
 */
export async function readParquetTable(path: string, plan: TablePlan): Promise<Table> {
  const { layout: { header }, ids, times, texts } = plan;
  const names = [...new Set([...ids, ...times, ...texts])].map((at) => header![at]);
  const frame = await opened(path, () => pl.scanParquet(path).select(...names).collect());
  const column = (at: number) => frame.getColumn(header![at]);
  return {
    path,
    encoding: "UTF-8",
    rows: frame.height,
    ids: ids.map((at) => {
      const index = createIdIndex();
      const codes = codesOf(withWholeNumbers(frame, header![at]), header![at], index);
      return { ids: index.ids, codes };
    }),
    times: times.map((at) => timesOf(path, column(at), plan.timesAre)),
    texts: texts.map((at) => Array.from(column(at).toArray(), textOf)),
    lineOf: (row) => row + 1,
  };
}

/** Returns the numbers of a column's identifiers, each of which is looked up once. */
function codesOf(frame: DataFrame, name: string, index: IdIndex): Int32Array {
  const cells = pl.col(name).cast(pl.Utf8).fillNull(pl.lit("")).cast(pl.Categorical);
  const categories = frame.select(cells).getColumn(name);
  const codes = categories.cast(pl.UInt32).toTypedArray() as Uint32Array;
  const distinct = categories.unique({ maintainOrder: true });
  const names = distinct.cast(pl.Utf8).toArray() as string[];
  const own = distinct.cast(pl.UInt32).toTypedArray() as Uint32Array;
  // categories are numbered for the whole process, so that their numbers need not begin at 0
  const lowest = own.reduce((a, b) => Math.min(a, b));
  const highest = own.reduce((a, b) => Math.max(a, b));
  const numbers = new Int32Array(highest - lowest + 1);
  names.forEach((name, i) => numbers[own[i] - lowest] = numberOf(index, name));
  return Int32Array.from(codes, (code) => numbers[code - lowest]);
}

function numberOf(index: IdIndex, cell: string): number {
  const id = cleanId(cell);
  return isMissing(id) ? -1 : index.numberOf(id);
}

/** pandas makes floats of whole numbers where one is missing: they are the same identifiers. */
function withWholeNumbers(frame: DataFrame, name: string): DataFrame {
  const column = frame.getColumn(name);
  if (!/^DataType\(Float/.test(String(column.dtype))) return frame;
  const whole = column.cast(pl.Int64);
  const values = column.toArray();
  const isSame = whole.cast(pl.Float64).toArray().every((value, row) => value === values[row]);
  return isSame ? frame.withColumn(whole.rename(name)) : frame;
}

function timesOf(path: string, column: Series, timesAre: TablePlan["timesAre"]): Float64Array {
  const type = String(column.dtype);
  if (/^DataType\(Date/.test(type)) {
    const milliseconds = column.cast(pl.Datetime("ms")).cast(pl.Int64)
      .toArray() as unknown as (bigint | number | null)[];
    return Float64Array.from(milliseconds, (time) => time === null ? NaN : Number(time));
  }
  const reader = timesAre === "times" ? createTimeReader(path) : createNumberReader(path);
  return Float64Array.from(column.cast(pl.Utf8).toArray() as (string | null)[], (cell, row) => {
    const text = (cell ?? "").trim();
    return reader.read(isMissing(text) ? "" : text, row + 1);
  });
}

function textOf(cell: unknown): string {
  if (Array.isArray(cell)) return cell.map(textOf).filter((text) => text !== "").join(" ");
  return cell === null || cell === undefined ? "" : String(cell);
}

async function opened<T>(path: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    throw new DataError({
      where: path,
      expected: "a Parquet file",
      found: cause instanceof Error ? cause.message : String(cause),
      advice: "The file is damaged or cut off: copy or write it again.",
    }, { cause });
  }
}
