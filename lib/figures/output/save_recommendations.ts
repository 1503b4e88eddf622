import { join } from "node:path";
import type { Recommendation } from "../../evaluation/recommender.ts";
import { makeFolder, writeFileAtomically } from "../../write_file.ts";
import { outputFolder, type OutputPlace } from "./place.ts";
import { toCsv } from "./table.ts";

/**
 * Saves lists of recommendations as `recommendations.csv`: a line of user, rank from 1, item and score for each.
 *
 * @param lists one list per user, best first
 * @returns the file's path
 */
export async function saveRecommendations(
  place: OutputPlace,
  lists: readonly (readonly Recommendation[])[],
  userIds: readonly string[],
  root?: string,
): Promise<string> {
  const folder = outputFolder(place, root);
  await makeFolder(folder);
  const path = join(folder, "recommendations.csv");
  const csv = toCsv({
    caption: "Recommendations",
    columns: ["user", "rank", "item", "score"].map((name) => ({ name, heading: name })),
    rows: lists.flatMap((list, user) =>
      list.map(({ item, score }, at) => [userIds[user], at + 1, item, score])
    ),
  });
  await writeFileAtomically(path, csv);
  return path;
}
