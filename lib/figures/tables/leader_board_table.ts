import type { ScoreWithInterval } from "../leader_board/intervals.ts";
import { paperModels } from "../paper.ts";
import type { PublishedScore } from "../published.ts";
import { type Cell, formatCell, type MarkedNumber, showingItself, type Table } from "../output/table.ts";

/** What is known of a data set, by us and by others. */
export interface LeaderBoardData {
  /** As the paper calls it. */
  dataset: string;
  scores: readonly ScoreWithInterval[];
  /** The paper's numbers of its Table 3, by metric and the paper's name of the system; null where it has none. */
  paper: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  published: (metric: string) => PublishedScore | null;
}

const digits = 4;

/**
 * Makes a table of systems by data set in one metric, each with its interval, and below them the paper's best and the best
 * published numbers. The long form has a row for each number of ours.
 *
 * @param systems in the order in which they are to stand
 */
export function leaderBoardTable(
  metric: string,
  data: readonly LeaderBoardData[],
  systems: readonly string[],
): Table {
  const scoreOf = (scores: readonly ScoreWithInterval[], system: string) =>
    scores.find((score) => score.system === system && score.metric === metric);
  const elsewhere = (
    name: string,
    find: (one: LeaderBoardData) => { value: number; note: string } | null,
  ): Cell[] => [
    name,
    ...data.map((one): MarkedNumber | null => {
      const found = find(one);
      return found && { ...found, mark: null };
    }),
  ];
  return showingItself({
    caption:
      `${metric} on the test items, ranked among all items, of every system on every data set. In brackets ` +
      "the interval that holds 95 % of 2,000 bootstrap resamples of the users, where their ranks are kept; the best of a " +
      "column in bold, the second underlined. Below, what the paper prints, and the best number that we know to be published, " +
      "whatever the system reads; † was measured on data that are not known to be the same.",
    columns: [
      { name: "system", heading: "System" },
      ...data.map(({ dataset }) => ({ name: dataset, heading: dataset, digits })),
    ],
    rows: [
      ...systems.map((system): Cell[] => [
        system,
        ...data.map(({ scores }) =>
          markedScore(scoreOf(scores, system), scores.filter((score) => score.metric === metric))
        ),
      ]),
      elsewhere("Paper: UniSRec t+ID", ({ paper }) => {
        const value = paper?.[metric]?.["UniSRec_t+ID"];
        return value === undefined ? null : { value, note: "" };
      }),
      elsewhere("Paper: best of its Table 3", ({ paper }) => {
        const best = bestOf(paper?.[metric]);
        return best && { value: best.value, note: ` (${ourName(best.name)})` };
      }),
      elsewhere("Best published", ({ published }) => {
        const best = published(metric);
        return best && { value: best.value, note: ` (${best.system})${best.comparable ? "" : " †"}` };
      }),
    ],
    long: {
      columns: ["dataset", "system", "metric", "value", "std", "low", "high", "paper"].map((name) => ({
        name,
        heading: name,
      })),
      rows: data.flatMap(({ dataset, scores }) =>
        systems.flatMap((system) => {
          const score = scoreOf(scores, system);
          if (!score) return [];
          const { value, deviation, interval, paper } = score;
          return [[
            dataset,
            system,
            metric,
            value,
            deviation,
            interval?.low ?? null,
            interval?.high ?? null,
            paper,
          ]];
        })
      ),
    },
  });
}

/** Returns our name of a system that the paper names. */
function ourName(name: string): string {
  return Object.entries(paperModels).find(([, theirs]) => theirs === name)?.[0] ?? name;
}

/** Returns the highest of a metric's numbers and the system that has it. */
export function bestOf(
  numbers: Readonly<Record<string, number>> | undefined,
): { name: string; value: number } | null {
  return Object.entries(numbers ?? {}).reduce<{ name: string; value: number } | null>(
    (best, [name, value]) => !best || value > best.value ? { name, value } : best,
    null,
  );
}

function markedScore(
  score: ScoreWithInterval | undefined,
  column: readonly ScoreWithInterval[],
): MarkedNumber | null {
  if (!score) return null;
  const better = new Set(column.map(({ value }) => value).filter((value) => value > score.value)).size;
  const { value, interval } = score;
  const bounds = interval && [interval.low, interval.high].map((bound) => formatCell(bound, digits));
  return {
    value,
    mark: better === 0 ? "best" : better === 1 ? "second" : null,
    note: bounds ? ` [${bounds.join(", ")}]` : "",
  };
}
