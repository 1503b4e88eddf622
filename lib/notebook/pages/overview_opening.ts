import { join } from "node:path";
import { escapeHtml } from "../../figures/drawing/html.ts";
import { archiveName } from "../../experiments/archives.ts";
import { archivedResults } from "../../figures/leader_board/archived_results.ts";
import { archivedScores } from "../../figures/leader_board/archived_scores.ts";
import type { SavedScore } from "../../figures/leader_board/saved_scores.ts";
import { formatCell } from "../../figures/output/table.ts";
import { datasetName } from "../../figures/paper.ts";
import { paperSystems } from "../../figures/paper_systems.ts";
import { bestPublished, type PublishedScore, publishedScores } from "../../figures/published.ts";

const metrics = ["Recall@10", "NDCG@10"];

/**
 * Says what came out on a data set, kept results included that no table has.
 *
 * @param folder of its outputs
 * @param saved what its tables have
 */
export async function openingOf(
  dataset: string,
  folder: string,
  saved: readonly SavedScore[],
): Promise<string> {
  const results = (await archivedResults(join(folder, archiveName)))
    .filter(({ experiment }) => experiment.dataset === dataset);
  const scores = [...saved, ...archivedScores(results, saved)];
  return openingHtml(datasetName(dataset), scores, await paperSystems(), await publishedScores());
}

/**
 * Writes the opening of an overview: what came out, in numbers.
 *
 * @param dataset what the paper calls it
 * @param scores of one data set
 * @param inPaper names of the systems in the paper's Table 3
 * @returns nothing where UniSRec t+ID has no numbers yet
 */
export function openingHtml(
  dataset: string,
  scores: readonly SavedScore[],
  inPaper: ReadonlySet<string>,
  published: readonly PublishedScore[],
): string {
  const of = (system: string) => scores.filter((score) => score.system === system);
  const own = of("UniSRec t+ID");
  if (own.length === 0) return "";
  const isBaseline = (system: string) => inPaper.has(system) && !system.startsWith("UniSRec");
  const baseline = bestIn(scores.filter(({ system }) => isBaseline(system)));
  const beyond = bestIn(scores.filter(({ system }) => !inPaper.has(system)));
  const ndcg = valueOf(own, "NDCG@10");
  const sentences = [
    `UniSRec t+ID reaches ${both(own)} on ${dataset}` +
    (own.every(({ paper }) => paper !== null) ? `, where the paper has ${both(own, "paper")}` : ""),
  ];
  if (baseline) {
    sentences.push(
      `Of the paper's baselines ${baseline} has the highest NDCG@10: ${
        both(of(baseline))
      }, so that UniSRec t+ID is ` +
        percentApart(ndcg, valueOf(of(baseline), "NDCG@10")),
    );
  }
  if (beyond && valueOf(of(beyond), "NDCG@10") > ndcg) {
    sentences.push(
      `Of the systems that the paper does not have, ${beyond} goes farthest: ${both(of(beyond))}, ` +
        percentApart(valueOf(of(beyond), "NDCG@10"), ndcg, "UniSRec t+ID"),
    );
  }
  const best = metrics.map((metric) => bestPublished(published, dataset, metric));
  if (best.every((one) => one !== null)) {
    sentences.push(
      `The best that we know to be published, whatever a system reads, is ` +
        best.map((one) => `${one!.metric} ${short(one!.value)} (${one!.system})`).join(" and ") +
        (best.every((one) => one!.comparable)
          ? ""
          : "; it was measured on data that are not known to be the same"),
    );
  }
  return `<p>${escapeHtml(`${sentences.join(". ")}.`)}</p>`;
}

function bestIn(scores: readonly SavedScore[]): string | null {
  const ndcg = scores.filter(({ metric }) => metric === "NDCG@10");
  return ndcg.length === 0
    ? null
    : ndcg.reduce((best, score) => score.value > best.value ? score : best).system;
}

function valueOf(scores: readonly SavedScore[], metric: string): number {
  return scores.find((score) => score.metric === metric)?.value ?? NaN;
}

function both(scores: readonly SavedScore[], what: "value" | "paper" = "value"): string {
  return metrics.map((metric) =>
    `${metric} ${short(scores.find((score) => score.metric === metric)?.[what] ?? null)}`
  ).join(" and ");
}

function short(value: number | null): string {
  return formatCell(value, 4);
}

function percentApart(value: number, other: number, name = "it"): string {
  const percent = Math.round(1000 * Math.abs(value / other - 1)) / 10;
  return percent === 0
    ? `level with ${name} in NDCG@10`
    : `${percent} % ${value > other ? "above" : "below"} ${name} in NDCG@10`;
}
