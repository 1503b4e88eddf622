import { op } from "arquero";
import { metricPerUser, ofAsked } from "../evaluation/metrics.ts";
import { mean, pairedTest, standardDeviation } from "../evaluation/significance.ts";
import type { MeasuredSetting } from "./select.ts";
import { comparedMetrics, tidyResults } from "./tidy_results.ts";

/** The level at which the paper calls an improvement significant. */
const level = 0.01;

/** What one system reached in one metric on one data set. */
export interface SystemScore {
  system: string;
  /** Mean over the seeds. */
  value: number;
  /** Standard deviation over the seeds, null for a single one. */
  deviation: number | null;
  /** How many trainings it is the mean of. */
  seeds: number;
  /** Whether it is above the best of the others by more than chance: the paper's star. Only asked of our own systems. */
  significant: boolean;
}

/** One row of Table 3. */
export interface ComparisonRow {
  dataset: string;
  metric: string;
  scores: SystemScore[];
  /** By what share the best of our own systems is above the best of the others; null if there is nothing to compare. */
  improvement: number | null;
}

/**
 * Compares systems in every metric on every data set.
 *
 * Our own systems are tested against the best baseline by a paired t-test over the test users, whose values are first
 * averaged over the seeds; Table 3 stars p < 0.01. So the test says whether these trainings differ for other users of the
 * same kind; the deviation over the seeds says how much another training would.
 *
 * @param selected one entry per data set and system, from `selectByValidation`
 * @param own names of the systems that are proposed
 */
export function compareSystems(
  selected: readonly MeasuredSetting[],
  own: readonly string[],
): ComparisonRow[] {
  if (selected.length === 0) return []; // a table without rows has no columns
  const runs = selected.flatMap(({ results }) => results);
  const scores = tidyResults(runs)
    .fold(comparedMetrics.map((metric) => `test ${metric}`), { as: ["part", "value"] })
    .groupby("dataset", "part", "system")
    .rollup({ values: op.array_agg("value"), runs: op.array_agg("run") })
    .objects() as { dataset: string; part: string; system: string; values: number[]; runs: number[] }[];
  const byRow = Map.groupBy(scores, ({ dataset, part }) => JSON.stringify([dataset, part]));
  return [...byRow.values()].map((systems) => {
    const [{ dataset, part }] = systems;
    const metric = part.replace("test ", "");
    const measured = systems.map(({ system, values, runs: own }) => {
      const perRun = own.map((run) => ofAsked(metricPerUser(runs[run].ranks.test, metric)));
      return {
        system,
        value: mean(values),
        deviation: standardDeviation(values),
        seeds: values.length,
        perUser: Float64Array.from(perRun[0], (_, user) => mean(perRun.map((run) => run[user]))),
      };
    });
    const highest = (list: typeof measured) =>
      list.reduce<typeof measured[0] | null>(
        (best, other) => !best || other.value > best.value ? other : best,
        null,
      );
    const baseline = highest(measured.filter(({ system }) => !own.includes(system)));
    const best = highest(measured.filter(({ system }) => own.includes(system)));
    const isSignificant = ({ system, perUser }: typeof measured[0]) => {
      if (!own.includes(system) || !baseline || perUser.length < 2) return false;
      const { difference, p } = pairedTest(perUser, baseline.perUser);
      return difference > 0 && p < level;
    };
    return {
      dataset,
      metric,
      scores: measured.map((entry) => ({
        system: entry.system,
        value: entry.value,
        deviation: entry.deviation,
        seeds: entry.seeds,
        significant: isSignificant(entry),
      })),
      improvement: best && baseline && baseline.value > 0 ? best.value / baseline.value - 1 : null,
    };
  });
}
