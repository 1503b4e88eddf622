import type { ComparisonRow, SystemScore } from "../../experiments/compare.ts";

/** Returns what follows a score in a table: a star if it is significant, and its standard deviation over the seeds. */
export function scoreNote(
  { significant, deviation }: Pick<SystemScore, "significant" | "deviation">,
): string {
  return (significant ? "*" : "") + (deviation === null ? "" : ` ± ${deviation.toFixed(4)}`);
}

/** Says what ± and the test mean where systems were trained with several seeds; nothing where none was. */
export function noteOnSeeds(rows: readonly ComparisonRow[]): string[] {
  const most = Math.max(1, ...rows.flatMap(({ scores }) => scores.map(({ seeds }) => seeds)));
  if (most === 1) return [];
  return [
    `Means over up to ${most} seeds, ± standard deviation over them where there are several; the test takes each ` +
    "user's mean over a system's seeds, so that it speaks of these trainings.",
  ];
}
