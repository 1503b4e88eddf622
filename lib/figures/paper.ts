import type { DomainStatistics } from "../data/statistics.ts";

/** The paper's results on a data set: a number for each metric (`Recall@10` …) and model (`SASRec` …). */
export type PaperResults = Record<string, Record<string, number>>;

/** The paper's names of models, where they are not ours. */
export const paperModels: Readonly<Record<string, string>> = {
  "UniSRec t": "UniSRec_t",
  "UniSRec t+ID": "UniSRec_t+ID",
};

/** Where a data set's folder has another name than the paper gives it. */
const paperNames: Record<string, string> = { OR: "Online Retail" };

/** Returns what the paper calls a data set, by the name of its folder; that itself where it is none of the paper's. */
export function datasetName(folder: string): string {
  return paperNames[folder] ?? folder;
}

/** Returns the folders' names of the data sets in the paper's Table 3, in its order. */
export async function paperDatasets(): Promise<string[]> {
  const folders = new Map(Object.entries(paperNames).map(([folder, name]) => [name, folder]));
  const names = new Set((await readPaperRows(3)).map(({ dataset }) => dataset));
  return [...names].map((name) => folders.get(name) ?? name);
}

/**
 * Returns the row of a data set in the paper's Table 2, or null if the paper does not have it.
 *
 * @param dataset the name of its folder
 */
export async function paperStatistics(dataset: string): Promise<DomainStatistics | null> {
  const row = (await readPaperTable(2, dataset))[0];
  if (!row) return null;
  return {
    dataset: `${dataset} (paper)`,
    users: Number(row.users),
    items: Number(row.items),
    interactions: Number(row.interactions),
    averageLength: Number(row.avg_n),
    averageTextLength: Number(row.avg_c),
  };
}

/**
 * Returns the results on a data set in the paper's Table 3, or null if the paper does not have it.
 *
 * @param dataset the name of its folder
 * @example
 * ```ts
 * import { paperResults } from "./paper.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal((await paperResults("Scientific"))?.["NDCG@10"].SASRec, 0.0553);
 * ```
 */
export async function paperResults(dataset: string): Promise<PaperResults | null> {
  const rows = await readPaperTable(3, dataset);
  if (rows.length === 0) return null;
  return Object.fromEntries(rows.map(({ dataset: _, metric, improvement: __, ...models }) => [
    metric,
    // a star marks significance
    Object.fromEntries(
      Object.entries(models).map(([model, value]) => [model, Number(value.replace("*", ""))]),
    ),
  ]));
}

/**
 * Returns the marks of the paper's Table 1 by method and column (`one_to_one` …).
 *
 * The paper has one row for UniSRec, which our two settings of it share between them.
 */
export async function paperAbilities(): Promise<Record<string, Record<string, boolean>>> {
  const rows = await readPaperRows(1);
  return Object.fromEntries(rows.map(({ method, ...marks }) => [
    method,
    Object.fromEntries(Object.entries(marks).map(([column, mark]) => [column, mark === "yes"])),
  ]));
}

/** Reads the rows of one data set. */
async function readPaperTable(table: 2 | 3, dataset: string): Promise<Record<string, string>[]> {
  return (await readPaperRows(table)).filter((row) => row.dataset === datasetName(dataset));
}

/** Reads a table of the paper; they need no quotes. */
async function readPaperRows(table: 1 | 2 | 3): Promise<Record<string, string>[]> {
  const text = await Deno.readTextFile(new URL(`../../data/paper/table-${table}.csv`, import.meta.url));
  const [header, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(","));
  return rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [header[index], cell])));
}
