import type { ComparisonRow, SystemScore } from "../../experiments/compare.ts";
import { usualMetric } from "../../evaluation/metrics.ts";
import { paperModels, type PaperResults } from "../paper.ts";
import { noteOnSeeds, scoreNote } from "./score_note.ts";
import { type Cell, type MarkedNumber, showingItself, type Table } from "../output/table.ts";

const digits = 4;

/**
 * Makes Table 3: a row for each data set and metric, a column for each model, the paper's row below ours.
 *
 * The best value of a row is marked, and the second best; a star is an improvement that is significant. The long form
 * has the columns dataset, model, metric, value, std and paper.
 *
 * @param rows in the order in which they are to stand
 * @param paper each data set's `paperResults`, null where the data are not the paper's
 * @param splits what each data set's split is called (`splitName`)
 * @param options the metric that settings were chosen by, and sentences that belong below the table
 */
export function comparisonTable(
  rows: readonly ComparisonRow[],
  paper: Readonly<Record<string, PaperResults | null>>,
  splits: Readonly<Record<string, string>>,
  { selectBy = usualMetric, notes = [] }: { selectBy?: string; notes?: readonly string[] } = {},
): Table {
  const models = [...new Set(rows.flatMap(({ scores }) => scores.map(({ system }) => system)))];
  const inPaper = (dataset: string, metric: string, model: string) =>
    paper[dataset]?.[metric]?.[paperModels[model] ?? model] ?? null;
  return showingItself({
    caption:
      `Table 3: test items ranked among all items, hyper-parameters chosen by ${selectBy} on the validation items. ` +
      [
        "Best in bold, second underlined; * is better than the best baseline with p < 0.01 (paired t-test over users).",
        `Split: ${describeSplits(rows.map(({ dataset }) => dataset), splits)}.`,
        ...noteOnSeeds(rows),
        ...notes,
      ].join(" "),
    columns: [
      { name: "dataset", heading: "Data set" },
      { name: "metric", heading: "Metric" },
      { name: "source", heading: "Numbers" },
      ...models.map((model) => ({ name: model, heading: model, digits })),
      { name: "improvement", heading: "Improv. %", digits: 2 },
    ],
    rows: rows.flatMap(({ dataset, metric, scores, improvement }): Cell[][] => {
      const ours = models.map((model) => markedScore(scores, model));
      const theirs = models.map((model) => inPaper(dataset, metric, model));
      return [
        [dataset, metric, "ours", ...ours, improvement === null ? null : 100 * improvement],
        ...(theirs.some((value) => value !== null) ? [[dataset, metric, "paper", ...theirs, null]] : []),
      ];
    }),
    long: {
      columns: ["dataset", "model", "metric", "value", "std", "paper"].map((name) => ({
        name,
        heading: name,
      })),
      rows: rows.flatMap(({ dataset, metric, scores }) =>
        scores.map((
          { system, value, deviation },
        ) => [dataset, system, metric, value, deviation, inPaper(dataset, metric, system)])
      ),
    },
  });
}

/** Says how data sets are split: once where all are alike. */
function describeSplits(datasets: readonly string[], splits: Readonly<Record<string, string>>): string {
  const names = [...new Set(datasets)];
  const found = [...new Set(names.map((name) => splits[name]))];
  return found.length === 1 ? found[0] : names.map((name) => `${name} ${splits[name]}`).join("; ");
}

function markedScore(scores: readonly SystemScore[], model: string): MarkedNumber | null {
  const score = scores.find(({ system }) => system === model);
  if (!score) return null;
  const better = new Set(scores.map(({ value }) => value).filter((value) => value > score.value)).size;
  const mark = better === 0 ? "best" : better === 1 ? "second" : null;
  return { value: score.value, mark, note: scoreNote(score) };
}
