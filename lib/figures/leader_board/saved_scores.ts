import { parse } from "csv-parse/sync";
import { join } from "node:path";

/** What a system reached in a metric, as the tables of a profile have it. */
export interface SavedScore {
  dataset: string;
  system: string;
  metric: string;
  value: number;
  /** Standard deviation over the seeds; null for a single one. */
  deviation: number | null;
  /** The paper's number; null where it has none. */
  paper: number | null;
}

/**
 * Reads what a profile's Table 3 and table beyond the paper say; where both have a system, Table 3 says it.
 *
 * @param folder of the profile's outputs
 */
export async function savedScores(folder: string): Promise<SavedScore[]> {
  const number = (text: string) => text === "" ? null : Number(text);
  const fromTable3 = (await readCsv(join(folder, "table-3.csv"))).map((row): SavedScore => ({
    dataset: row.dataset,
    system: row.model,
    metric: row.metric,
    value: Number(row.value),
    deviation: number(row.std),
    paper: number(row.paper),
  }));
  const has = (dataset: string, system: string) =>
    fromTable3.some((score) => score.dataset === dataset && score.system === system);
  const beyond = (await readCsv(join(folder, "table-beyond.csv")))
    .filter(({ dataset, model }) => !has(dataset, model))
    .flatMap(({ dataset, model, in_table_3: _, ...metrics }) =>
      Object.entries(metrics).filter(([, value]) => value !== "").map(([metric, value]): SavedScore => ({
        dataset,
        system: model,
        metric,
        value: Number(value),
        deviation: null,
        paper: null,
      }))
    );
  return [...fromTable3, ...beyond];
}

/** Reads a table that was saved as CSV; none has no rows. */
async function readCsv(path: string): Promise<Record<string, string>[]> {
  try {
    return parse(await Deno.readTextFile(path), { columns: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
