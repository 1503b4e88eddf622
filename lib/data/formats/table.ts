import { join } from "node:path";
import { DataError } from "../../errors.ts";
import { checkMapping, findColumns, headerNames, plainName } from "../reading/columns.ts";
import { parquetLayout } from "../reading/parquet.ts";
import { isParquet } from "../reading/parquet_file.ts";
import { readItems } from "../reading/read_items.ts";
import { readLog } from "../reading/read_log.ts";
import { type Layout, sniffLayout } from "../reading/sniff.ts";
import type { Folder, Format } from "./format.ts";

const tableNames = /\.(csv|tsv|txt|dat|data|parquet|pq)(\.gz)?$/i;

/** Any table of interactions, with or without one of items; `columns` says what its own names do not. */
export const table: Format = {
  name: "a table",
  files:
    "one table of interactions (.csv, .tsv, .txt, .dat or .parquet) with user, item and time, perhaps one of " +
    "items with item and text, whose columns `columns` may name",
  async find(folder) {
    const { path, columns } = folder;
    const logs: string[] = [], items: string[] = [];
    for (const file of folder.files.filter((name) => tableNames.test(name))) {
      const layout = await layoutIn(folder, file);
      if (layout === null) continue;
      if (file === columns?.items) items.push(file);
      else if (file === columns?.interactions || hasColumns(file, layout, true, folder)) logs.push(file);
      else if (hasColumns(file, layout, false, folder)) items.push(file);
    }
    const log = choose(logs, columns?.interactions, folder), item = choose(items, columns?.items, folder);
    if (log === null) return null;
    const [logPath, itemPath] = [log, item].map((file) => file && join(path, file));
    const layouts = await Promise.all(
      [log, ...item === null ? [] : [item]].map((file) => layoutIn(folder, file)),
    );
    checkMapping(columns, layouts.filter((layout) => layout !== null));
    // texts may also stand beside each interaction
    const layout = layouts[0]!;
    const hasTexts = item === null && layout.header !== null &&
      findColumns(log, layout, ["user", "item", "time"], columns).text.length > 0;
    return {
      inputs: [logPath, itemPath].filter((file) => file !== null),
      readRaw: async () => ({
        ...await readLog(logPath!, { columns }),
        readTexts: itemPath !== null
          ? () => readItems(itemPath, { columns })
          : hasTexts
          ? async () => ({ ...await readItems(logPath!, { columns }), report: null })
          : null,
      }),
    };
  },
};

async function layoutIn({ path, peek }: Folder, file: string): Promise<Layout | null> {
  const whole = join(path, file);
  if (await isParquet(whole)) return await parquetLayout(whole);
  return sniffLayout((await peek(file)).bytes, headerNames);
}

/** Tells whether a table has the columns of a log, or of items, by the mapping and by the names that are known. */
function hasColumns(file: string, layout: Layout, isLog: boolean, { columns }: Folder): boolean {
  if (!isLog && layout.header?.some((name) => plainName(name) === "user")) return false;
  try {
    findColumns(file, layout, isLog ? ["user", "item", "time"] : ["item", "text"], columns);
    return true;
  } catch (error) {
    // two columns that could be the user are a table of interactions all the same, and an error when it is read
    return error instanceof DataError && error.problem.expected.startsWith("one column") && isLog;
  }
}

function choose(files: readonly string[], wanted: string | undefined, { path }: Folder): string | null {
  if (wanted !== undefined && files.includes(wanted)) return wanted;
  if (files.length <= 1) return files[0] ?? null;
  throw new DataError({
    where: path,
    expected: "one table of interactions, and at most one of items",
    found: files.join(", "),
    advice: `Keep one of them there, or say which it is: --set 'columns={"interactions":"${files[0]}"}'`,
  });
}
