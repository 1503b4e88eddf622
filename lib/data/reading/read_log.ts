import { DataError } from "../../errors.ts";
import { type Interactions, selectRows } from "../log/interactions.ts";
import { readBeginning } from "./bytes.ts";
import { type ColumnMapping, describeLayout, findColumns, headerNames, type Places } from "./columns.ts";
import { parquetLayout, readParquetTable } from "./parquet.ts";
import { isParquet } from "./parquet_file.ts";
import { noWholeRow, type RowReport } from "./row_report.ts";
import { type Layout, sniffLayout } from "./sniff.ts";
import { readTable, type Table } from "./table.ts";

/** Who chose what and when. */
export interface Log {
  interactions: Interactions;
  /** Rows that repeat another one are still in the log, and not in the report. */
  report: RowReport;
}

/** How a log is read, where that is known. */
export interface LogOptions {
  columns?: ColumnMapping;
  /** `numbers`: times are any numbers, of one unit; a negative one, or none, is missing. */
  timesAre?: "times" | "numbers";
  /** The layout and the places of the columns, where the format fixes them. */
  layout?: Layout;
  places?: Places;
}

/** Bytes by which a table's layout is told. */
const beginning = 2 ** 16;

/**
 * Tells how the table in a file is laid out.
 *
 * @throws {DataError} if there is no such file, it is empty, or no separator cuts its lines alike
 */
export async function layoutOf(path: string): Promise<Layout> {
  if (await isParquet(path)) return parquetLayout(path);
  const isThere = await Deno.stat(path).then(() => true, () => false);
  const bytes = await readBeginning(path, beginning);
  const layout = sniffLayout(bytes, headerNames);
  if (layout !== null) return layout;
  const [line = ""] = new TextDecoder().decode(bytes).split(/[\r\n]/);
  throw new DataError({
    where: isThere ? `${path}:1` : path,
    expected: isThere
      ? "a table: columns user, item, time, or item, text, separated by commas or tabs"
      : "a file",
    found: !isThere
      ? "nothing"
      : bytes.length === 0
      ? "an empty file"
      : `no separator in ${JSON.stringify(line.slice(0, 80))}`,
    advice: isThere
      ? "Save the file with commas between the values, and the columns' names in its first line."
      : "Check that the data set was unpacked completely; data/README.md says which files belong to it.",
  });
}

/**
 * Reads a table of interactions: text of any usual separator, or Parquet.
 *
 * Rows without a user, an item or a time are left out and counted.
 *
 * @throws {DataError} if the file is missing or malformed, a column is not to be found, no row is whole, or its times
 *   are not all written in one way
 */
export async function readLog(path: string, options: LogOptions = {}): Promise<Log> {
  const layout = options.layout ?? await layoutOf(path);
  const places = options.places ?? findColumns(path, layout, ["user", "item", "time"], options.columns);
  const plan = {
    layout,
    ids: [places.user[0], places.item[0]],
    times: [places.time[0]],
    timesAre: options.timesAre ?? "times",
    texts: [],
  } as const;
  const table = await isParquet(path) ? await readParquetTable(path, plan) : await readTable(path, plan);
  if (plan.timesAre === "numbers") dropNegative(table.times[0]);
  const { interactions, report } = toLog(table);
  return { interactions, report: { ...report, note: options.places ? "" : describeLayout(layout, places) } };
}

function dropNegative(times: Float64Array): void {
  for (let row = 0; row < times.length; row++) if (times[row] < 0) times[row] = NaN;
}

function toLog({ path, encoding, rows, ids: [users, items], times: [times] }: Table): Log {
  const skipped = { user: 0, item: 0, time: 0 };
  const kept = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (users.codes[row] < 0) skipped.user++;
    else if (items.codes[row] < 0) skipped.item++;
    else if (Number.isNaN(times[row])) skipped.time++;
    else kept[count++] = row;
  }
  if (count === 0) {
    throw noWholeRow(
      path,
      rows,
      "a row with a user, an item and a time",
      "Export the interactions again: a line for each time that somebody chose something.",
    );
  }
  const whole: Interactions = {
    userIds: users.ids,
    itemIds: items.ids,
    users: users.codes,
    items: items.codes,
    times,
  };
  return {
    // all rows whole: nothing has to be numbered anew
    interactions: count === rows ? whole : selectRows(whole, kept.subarray(0, count)),
    report: {
      path,
      encoding,
      rows,
      skipped: [
        { reason: "without a user", rows: skipped.user },
        { reason: "without an item", rows: skipped.item },
        { reason: "without a time", rows: skipped.time },
      ],
    },
  };
}
