import { countOf } from "../../count_of.ts";
import { listComparison } from "../../experiments/lists/list_comparison.ts";
import { type Comparison, type ComparisonOptions, runComparison } from "../../experiments/run_comparison.ts";
import type { Workplace } from "../../systems/system.ts";
import { listIfAsked } from "./listing.ts";
import { createProgress } from "./progress.ts";

/**
 * Trains and compares systems, as `runComparison`, and says in the end how many trainings were done and how many found.
 *
 * @param place a notebook's lab, which shows each training
 */
export async function watchComparison(place: Workplace, options: ComparisonOptions): Promise<Comparison> {
  await listIfAsked(place, (listPlace) => listComparison(options, listPlace));
  const progress = createProgress({ title: "Comparison", total: 1, unit: "trainings" });
  const comparison = await runComparison(place, options);
  const { results, found } = comparison;
  const reused = found === 0 ? "" : `, ${found} of them found under ${place.runs} and not done again`;
  await progress.done(countOf(results.length, "training") + reused);
  return comparison;
}
