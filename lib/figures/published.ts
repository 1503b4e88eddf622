import { parse } from "csv-parse/sync";

/** A number that somebody else published for the paper's data. */
export interface PublishedScore {
  /** The data set, as the paper calls it. */
  dataset: string;
  metric: string;
  value: number;
  system: string;
  /** What the system knows of an item beside who chose it. */
  reads: string;
  /** Whether it was measured on the same data, split alike. */
  comparable: boolean;
  /** The publication. */
  source: string;
}

/**
 * Returns the best published numbers, with whatever input.
 *
 * @example
 * ```ts
 * import { publishedScores } from "./published.ts";
 * import assert from "node:assert/strict";
 *
 * const best = (await publishedScores()).find(({ dataset }) => dataset === "Scientific");
 * assert.equal(best?.system, "MISSRec");
 * ```
 */
export async function publishedScores(): Promise<PublishedScore[]> {
  const text = await Deno.readTextFile(new URL("../../data/paper/published.csv", import.meta.url));
  const rows = parse(text, { columns: true }) as Record<keyof PublishedScore, string>[];
  return rows.map((row) => ({ ...row, value: Number(row.value), comparable: row.comparable === "yes" }));
}

/** Returns the highest of those that were measured on the same data; the others only where there is no such. */
export function bestPublished(
  scores: readonly PublishedScore[],
  dataset: string,
  metric: string,
): PublishedScore | null {
  const own = scores.filter((score) => score.dataset === dataset && score.metric === metric);
  const comparable = own.filter((score) => score.comparable);
  return (comparable.length > 0 ? comparable : own)
    .reduce<PublishedScore | null>((best, one) => !best || one.value > best.value ? one : best, null);
}
