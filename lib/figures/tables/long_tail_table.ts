import type { LongTailPoint } from "../plots/long_tail.ts";
import { showingItself, type Table } from "../output/table.ts";

/** Makes a long table of groups and models: a metric and the improvement over the baseline, each with its interval. */
export function longTailTable(
  caption: string,
  points: readonly LongTailPoint[],
  metric: string,
  baseline: string,
): Table {
  const percent = (value: number | null | undefined) => value == null ? null : 100 * value;
  return showingItself({
    caption,
    columns: [
      { name: "group", heading: "Occurrences in training" },
      { name: "users", heading: "Test users" },
      { name: "model", heading: "Model" },
      { name: metric, heading: metric, digits: 4 },
      { name: `${metric} low`, heading: "from", digits: 4 },
      { name: `${metric} high`, heading: "to", digits: 4 },
      { name: "improvement (%)", heading: `over ${baseline} (%)`, digits: 1 },
      { name: "improvement low (%)", heading: "from", digits: 1 },
      { name: "improvement high (%)", heading: "to", digits: 1 },
    ],
    rows: points.map(({ group, users, model, mean, improvement }) => [
      group,
      users,
      model,
      mean.value,
      mean.interval?.low ?? null,
      mean.interval?.high ?? null,
      percent(improvement.value),
      percent(improvement.interval?.low),
      percent(improvement.interval?.high),
    ]),
  });
}
