import { type ColumnTable, from } from "arquero";
import { metricPerUser, ofAsked } from "../evaluation/metrics.ts";
import { mean, pairedTest } from "../evaluation/significance.ts";
import type { CodeState } from "./check_code.ts";
import type { KeptResult } from "./list_results.ts";
import { negativesOf } from "../training/run_identity.ts";
import { tidyResults } from "./tidy_results.ts";

/**
 * Returns kept results as a tidy table: the columns of `tidyResults`, how negatives were drawn if any were, and code and
 * file.
 *
 * @param metric is among the columns, whatever its cutoff
 * @param states of their code, from `checkCode`; what `listResults` says if left out
 * @throws {ParameterError} if the metric is none
 */
export function tableOfResults(
  results: readonly KeptResult[],
  metric: string,
  states?: readonly CodeState[],
): ColumnTable {
  const drawn = results.map(({ settings }) => negativesOf(settings));
  const negatives = drawn.map((own) => own ? `${own.by} ${own.count}` : "all items");
  return tidyResults(results, [metric])
    .assign(from(results.map(({ file, code, ofOtherCode }, at) => {
      const state = states?.[at] ?? (ofOtherCode ? "other" : "same");
      return {
        ...(drawn.some((own) => own) ? { negatives: negatives[at] } : {}), // else it would say the same of all
        code: [code ?? "–", ...(state === "same" ? [] : [`(${state})`])].join(" "),
        file,
      };
    })));
}

/**
 * Adds how far each run of a table is from the first of its data set, and what a paired t-test over the users says.
 *
 * @param table of `tableOfResults`, in the order of the comparison
 * @param results those that it was made of
 */
export function compareResults(
  table: ColumnTable,
  results: readonly KeptResult[],
  metric: string,
): ColumnTable {
  const perUser = (run: number) => metricPerUser(results[run].ranks.test, metric);
  const firsts = new Map<string, Float64Array>();
  const rows = table.objects() as { run: number; dataset: string }[];
  return table.reify().assign(from(rows.map(({ run, dataset }) => {
    const own = perUser(run);
    const first = firsts.get(dataset);
    if (!first) firsts.set(dataset, own);
    // runs on data of another size, or split elsewhere, cannot be compared user by user
    if (!first || !areOfSameUsers(first, own)) return { "against best": null, p: null };
    const [ours, best] = [own, first].map(ofAsked);
    return { "against best": mean(ours) - mean(best), p: pairedTest(ours, best).p };
  })));
}

/** Tells whether two runs were measured on as many users, and had something to find of the same ones. */
function areOfSameUsers(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length &&
    one.every((value, user) => Number.isNaN(value) === Number.isNaN(other[user]));
}
