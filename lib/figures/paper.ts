import type { DomainStatistics } from "../data/statistics.ts";

/** The paper's results on a data set: a number for each metric (`Recall@10` …) and model (`SASRec` …). */
export type PaperResults = Record<string, Record<string, number>>;

/** Where a data set's folder has another name than the paper gives it. */
const paperNames: Record<string, string> = { OR: "Online Retail" };

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

/** Reads the rows of one data set; the paper's tables need no quotes. */
async function readPaperTable(table: 2 | 3, dataset: string): Promise<Record<string, string>[]> {
  const text = await Deno.readTextFile(new URL(`../../data/paper/table-${table}.csv`, import.meta.url));
  const [header, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(","));
  const name = paperNames[dataset] ?? dataset;
  return rows
    .map((cells) => Object.fromEntries(cells.map((cell, index) => [header[index], cell])))
    .filter((row) => row.dataset === name);
}
