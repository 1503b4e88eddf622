import type { ComparisonRow } from "../../experiments/compare.ts";
import { type MarkedNumber, showingItself, type Table } from "../output/table.ts";
import { noteOnSeeds, scoreNote } from "./score_note.ts";

/** What the table has of each data set. */
const metrics = ["Recall@10", "NDCG@10"];

/**
 * Makes a table of systems and data sets, a row for each system: of each data set Recall@10 and NDCG@10, the best of all
 * in bold.
 *
 * @param rows of all systems on all data sets, from `compareSystems`; data sets stand in their order
 * @param systems in the order in which they are to stand
 */
export function datasetsTable(rows: readonly ComparisonRow[], systems: readonly string[]): Table {
  const shown = rows.filter(({ metric }) => metrics.includes(metric));
  const columns = [...new Set(shown.map(({ dataset }) => dataset))].flatMap((dataset) =>
    metrics.map((metric) => ({ dataset, metric }))
  );
  const scoresOf = (column: typeof columns[number]) =>
    shown.find(({ dataset, metric }) => dataset === column.dataset && metric === column.metric)?.scores ?? [];
  return showingItself({
    caption: [
      "Systems by data set: test items ranked among all items, hyper-parameters chosen on the validation items, the best in bold.",
      ...noteOnSeeds(shown),
    ].join(" "),
    columns: [
      { name: "model", heading: "Model" },
      ...columns.map(({ dataset, metric }) => ({
        name: `${dataset} ${metric}`,
        heading: `${dataset}: ${metric}`,
        digits: 4,
      })),
    ],
    rows: systems.map((system) => [
      system,
      ...columns.map((column): MarkedNumber | null => {
        const scores = scoresOf(column);
        const score = scores.find((own) => own.system === system);
        if (!score) return null;
        const isBest = score.value === Math.max(...scores.map(({ value }) => value));
        const note = scoreNote({ significant: false, deviation: score.deviation });
        return { value: score.value, mark: isBest ? "best" : null, note };
      }),
    ]),
    long: {
      columns: ["dataset", "model", "metric", "value", "std", "seeds"].map((name) => ({
        name,
        heading: name,
      })),
      rows: shown.flatMap(({ dataset, metric, scores }) =>
        scores.map((
          { system, value, deviation, seeds },
        ) => [dataset, system, metric, value, deviation, seeds])
      ),
    },
  });
}
