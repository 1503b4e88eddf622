import { distinctRows, type Interactions, numberIds, selectRows } from "../log/interactions.ts";
import { type CsvTable, readCsvTable } from "../reading/csv_table.ts";
import { noWholeRow, type RowReport, type SkippedRows } from "../reading/row_report.ts";
import { parseTimes } from "../reading/times.ts";

/** Who chose what and when. */
export interface Log {
  interactions: Interactions;
  report: RowReport;
}

type LogColumn = "user" | "item" | "time";

/**
 * Reads one's own interactions: a CSV file with the columns `user`, `item` and `time`.
 *
 * Rows without one of the three are left out, then rows that repeat all three.
 *
 * @throws {DataError} if the file is missing or malformed, no row is whole, or its times are not all written in one way
 */
export async function readInteractions(path: string): Promise<Log> {
  const table = await readCsvTable(path, {
    user: "the identifier of who chose",
    item: "the identifier of what was chosen, as in items.csv",
    time: "when it was",
  });
  const { columns, encoding, lines } = table;
  const times = parseTimes(path, columns.time, lines);
  const incomplete: SkippedRows[] = [];
  let rows = [...lines.keys()];
  for (
    const [column, reason] of [["user", "without a user"], ["item", "without an item"], [
      "time",
      "without a time",
    ]] as const
  ) {
    const complete = rows.filter((row) => columns[column][row] !== "");
    incomplete.push({ reason, rows: rows.length - complete.length });
    rows = complete;
  }
  if (rows.length === 0) {
    throw noWholeRow(
      path,
      lines.length,
      "a row with a user, an item and a time",
      "Export the interactions again: a line for each time that somebody chose something.",
    );
  }
  const complete = toInteractions(table, times, rows);
  const distinct = distinctRows(complete);
  return {
    interactions: selectRows(complete, distinct),
    report: {
      path,
      encoding,
      rows: lines.length,
      skipped: [...incomplete, { reason: "repeated", rows: rows.length - distinct.length }],
    },
  };
}

function toInteractions({ columns }: CsvTable<LogColumn>, times: Float64Array, rows: number[]): Interactions {
  const users = numberIds(rows.map((row) => columns.user[row]));
  const items = numberIds(rows.map((row) => columns.item[row]));
  return {
    userIds: users.ids,
    itemIds: items.ids,
    users: users.codes,
    items: items.codes,
    times: Float64Array.from(rows, (row) => times[row]),
  };
}
