import { join } from "node:path";
import { systems as registered } from "../../systems/registry.ts";
import { datasetName, paperDatasets, paperResults } from "../paper.ts";
import { paperSystems } from "../paper_systems.ts";
import type { SystemKind } from "../plots/leader_board.ts";
import { bestPublished, publishedScores } from "../published.ts";
import type { LeaderBoardData } from "../tables/leader_board_table.ts";
import { archiveName } from "../../experiments/archives.ts";
import { archivedResults } from "./archived_results.ts";
import { archivedScores } from "./archived_scores.ts";
import { scoresWithIntervals } from "./intervals.ts";
import { savedScores } from "./saved_scores.ts";

/** Systems by data set, of what lies in the folder of figures. */
export interface LeaderBoard {
  /** With the folder of each data set's outputs; in the paper's order. */
  data: readonly (LeaderBoardData & { folder: string })[];
  /** The systems that have a number, from the paper's baselines to what it does not have. */
  kinds: readonly SystemKind[];
}

/**
 * Reads the tables and kept results of all of the paper's data sets that have any.
 *
 * @param figures the folder that holds one for each data set
 * @throws {CheckpointError} if a kept result is damaged
 */
export async function readLeaderBoard(figures: string): Promise<LeaderBoard> {
  const data: LeaderBoard["data"][number][] = [];
  const published = await publishedScores();
  for (const folder of await paperDatasets()) {
    const path = join(figures, folder);
    const saved = (await savedScores(path)).filter(({ dataset }) => dataset === folder);
    const results = (await archivedResults(join(path, archiveName)))
      .filter(({ experiment }) => experiment.dataset === folder);
    const scores = [...saved, ...archivedScores(results, saved)];
    if (scores.length === 0) continue;
    data.push({
      folder,
      dataset: datasetName(folder),
      scores: scoresWithIntervals(scores.filter(({ metric }) => metric.endsWith("@10")), results),
      paper: await paperResults(folder),
      published: (metric) => bestPublished(published, datasetName(folder), metric),
    });
  }
  return { data, kinds: kindsOf(data.flatMap(({ scores }) => scores), await paperSystems()) };
}

function kindsOf(scores: LeaderBoardData["scores"], inPaper: ReadonlySet<string>): SystemKind[] {
  const order = registered.map(({ name }) => name);
  const place = (system: string) => order.includes(system) ? order.indexOf(system) : order.length;
  const systems = [...new Set(scores.map(({ system }) => system))].sort((one, other) =>
    place(one) - place(other)
  );
  const isOwn = (system: string) => inPaper.has(system) && system.startsWith("UniSRec");
  return [
    { name: "Baselines of the paper", systems: systems.filter((one) => inPaper.has(one) && !isOwn(one)) },
    { name: "UniSRec", systems: systems.filter(isOwn) },
    { name: "Beyond the paper", systems: systems.filter((one) => !inPaper.has(one)) },
  ];
}
