import type { ComparisonRow } from "../../experiments/compare.ts";
import { noteOnSeeds, scoreNote } from "./score_note.ts";
import { type MarkedNumber, showingItself, type Table } from "../output/table.ts";

/**
 * Makes a table of the systems that the paper's Table 3 does not have, beside the proposed ones and the best baseline that
 * it has.
 *
 * @param rows of all systems, from `compareSystems`, in which the sums of several are the proposed ones
 * @param paperSystems names of those in Table 3
 * @param own names of the paper's proposed ones, which Table 3 has too
 */
export function beyondTable(
  rows: readonly ComparisonRow[],
  paperSystems: ReadonlySet<string>,
  own: readonly string[],
): Table {
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const byDataset = Map.groupBy(rows, ({ dataset }) => dataset);
  const starred = rows.some(({ scores }) => scores.some(({ significant }) => significant));
  const best = (numbers: (number | null)[]) => Math.max(...numbers.map((value) => value ?? -Infinity));
  return showingItself({
    caption: [
      "Beyond the paper: systems that its Table 3 does not have, beside UniSRec and the baseline of Table 3 that is best " +
      "in NDCG@10, the best value in bold.",
      ...(starred
        ? ["* is a sum that is better than the best single system with p < 0.01 (paired t-test over users)."]
        : []),
      ...noteOnSeeds(rows),
    ].join(" "),
    columns: [
      { name: "dataset", heading: "Data set" },
      { name: "model", heading: "Model" },
      { name: "in_table_3", heading: "In Table 3" },
      ...metrics.map((metric) => ({ name: metric, heading: metric, digits: 4 })),
    ],
    rows: [...byDataset].flatMap(([dataset, ofDataset]) => {
      const scoreOf = (system: string, wanted: string) =>
        ofDataset.find(({ metric }) => metric === wanted)?.scores.find((score) => score.system === system);
      const valueOf = (system: string, wanted: string) => scoreOf(system, wanted)?.value ?? null;
      const systems = [...new Set(ofDataset.flatMap(({ scores }) => scores.map(({ system }) => system)))];
      const baselines = systems.filter((system) => paperSystems.has(system) && !own.includes(system));
      const highest = best(baselines.map((system) => valueOf(system, "NDCG@10")));
      const baseline = baselines.find((system) => valueOf(system, "NDCG@10") === highest);
      const shown = systems.filter((system) =>
        !paperSystems.has(system) || own.includes(system) || system === baseline
      );
      return shown.map((system) => [
        dataset,
        system,
        paperSystems.has(system) ? "yes" : "no",
        ...metrics.map((metric): MarkedNumber | null => {
          const score = scoreOf(system, metric);
          if (!score) return null;
          const isBest = score.value === best(shown.map((other) => valueOf(other, metric)));
          return { value: score.value, mark: isBest ? "best" : null, note: scoreNote(score) };
        }),
      ]);
    }),
  });
}
