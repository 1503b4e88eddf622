import { DataError } from "../../errors.ts";
import { growing } from "../log/growing.ts";
import { createIdIndex } from "../log/id_index.ts";
import { isMissing } from "./missing.ts";
import { openParquet, type ParquetKind } from "./parquet_file.ts";
import type { Layout } from "./sniff.ts";
import { cleanId, type Table, type TablePlan } from "./table.ts";
import { createNumberReader, createTimeReader } from "./times.ts";

/**
 * Returns the columns of a Parquet file as the layout of a table.
 *
 * @throws {DataError} if the file is damaged
 */
export async function parquetLayout(path: string): Promise<Layout> {
  const header = (await openParquet(path)).columns.map(({ name }) => name);
  return { separator: ",", quoted: false, header, width: header.length, sample: [] };
}

/**
 * Reads columns of a Parquet file, some rows after the others: identifiers that are texts, numbers or times, times
 * as such, as numbers or as text, and texts and lists of them.
 *
 * @throws {DataError} if the file is damaged, or a time is none
 */
export async function readParquetTable(path: string, plan: TablePlan): Promise<Table> {
  const { columns, parts } = await openParquet(path);
  const ids = plan.ids.map((at) => idColumn(path, columns[at]));
  const times = plan.times.map((at) => timeColumn(path, columns[at], plan.timesAre));
  const texts = plan.texts.map((at) => textColumn(columns[at].kind));
  const readers = [...ids, ...times, ...texts];
  let read = 0;
  for (const { rows, cells } of parts([...plan.ids, ...plan.times, ...plan.texts])) {
    cells.forEach((cells, i) => {
      for (let row = 0; row < rows; row++) readers[i].read(cells[row], read + row);
    });
    read += rows;
  }
  return {
    path,
    encoding: "UTF-8",
    rows: read,
    ids: ids.map(({ ids, codes }) => ({ ids, codes: codes.values() })),
    times: times.map(({ values }) => values.values()),
    texts: texts.map(({ values }) => values),
    lineOf: (row) => row + 1,
  };
}

function idColumn(path: string, { name, kind }: { name: string; kind: ParquetKind }) {
  const { ids, numberOf } = createIdIndex();
  const codes = growing(Int32Array);
  // a file has the same text in many rows: it is cleaned once, as long as a Map takes it
  const seen = new Map<unknown, number>();
  return {
    ids,
    codes,
    read(cell: unknown, row: number) {
      let code = seen.get(cell);
      if (code === undefined) {
        checkPlain(cell, `${path}, row ${row + 1}, column ${name}`, "an identifier");
        const id = cleanId(textOf(cell, kind));
        code = isMissing(id) ? -1 : numberOf(id);
        if (seen.size < 2 ** 23) seen.set(cell, code);
      }
      codes.push(code);
    },
  };
}

function timeColumn(
  path: string,
  { name, kind }: { name: string; kind: ParquetKind },
  timesAre: TablePlan["timesAre"],
) {
  const values = growing(Float64Array);
  const reader = timesAre === "times" ? createTimeReader(path) : createNumberReader(path);
  return {
    values,
    read(cell: unknown, row: number) {
      if (kind === "time") {
        values.push(typeof cell === "number" ? cell : NaN);
      } else if (kind === "number" && Number.isSafeInteger(Number(cell ?? NaN))) {
        values.push(reader.readNumber(Number(cell), row + 1));
      } else {
        checkPlain(cell, `${path}, row ${row + 1}, column ${name}`, "a time");
        const text = textOf(cell, kind).trim();
        values.push(reader.read(isMissing(text) ? "" : text, row + 1));
      }
    },
  };
}

function checkPlain(cell: unknown, where: string, expected: string): void {
  if (typeof cell !== "object" || cell === null) return;
  throw new DataError({
    where,
    expected,
    found: "a list or a record",
    advice: "Name another column with --set columns=…, or write one with texts or numbers.",
  });
}

function textColumn(kind: ParquetKind) {
  const values: string[] = [];
  return { values, read: (cell: unknown) => void values.push(textOf(cell, kind)) };
}

/** Writes a cell as text; pandas makes floats of whole numbers where one is missing: `7.0` is 7 again. */
function textOf(cell: unknown, kind: ParquetKind): string {
  if (cell === null || cell === undefined) return "";
  if (kind === "time" && typeof cell === "number") {
    const moment = new Date(cell);
    return Number.isNaN(moment.getTime()) ? String(cell) : moment.toISOString(); // none so far from 1970
  }
  if (Array.isArray(cell)) {
    return cell.map((part) => textOf(part, kind)).filter((text) => text !== "").join(" ");
  }
  if (typeof cell === "object") return textOf(Object.values(cell), kind);
  return String(cell);
}
