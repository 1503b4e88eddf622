import type { SavedScore } from "../../figures/leader_board/saved_scores.ts";
import { plotAgainstPaper } from "../../figures/plots/against_paper.ts";

/**
 * Draws ours against the paper's numbers of Table 3 on one or several data sets, a panel for each and each metric.
 *
 * @param data each with what it is called, nothing if there is only one
 */
export function drawAgainstPaper(
  data: readonly { dataset: string; scores: readonly SavedScore[] }[],
  metrics: readonly string[],
): string {
  const panels = data.flatMap(({ dataset, scores }) =>
    metrics.map((metric) => ({
      title: dataset === "" ? metric : `${dataset}: ${metric}`,
      rows: scores.filter((score) => score.metric === metric && score.paper !== null)
        .map(({ system, value, paper }) => ({ system, ours: value, paper: paper! })),
    }))
  );
  return plotAgainstPaper(panels.filter(({ rows }) => rows.length > 0));
}
