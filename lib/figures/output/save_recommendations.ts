import { join } from "node:path";
import type { TopItems } from "../../evaluation/top_k.ts";
import { makeFolder, writeFileAtomically } from "../../write_file.ts";
import { profileFolder } from "./save.ts";
import { toCsv } from "./table.ts";

/**
 * Saves lists of recommendations as `figures/<profile>/recommendations.csv`: a line of user, rank from 1, item and score
 * for each.
 *
 * @param lists one list per user, best first
 * @returns the file's path
 */
export async function saveRecommendations(
  profile: string,
  lists: readonly TopItems[],
  { userIds, itemIds }: { userIds: readonly string[]; itemIds: readonly string[] },
  root?: string,
): Promise<string> {
  const folder = profileFolder(profile, root);
  await makeFolder(folder);
  const path = join(folder, "recommendations.csv");
  const csv = toCsv({
    caption: "Recommendations",
    columns: ["user", "rank", "item", "score"].map((name) => ({ name, heading: name })),
    rows: lists.flatMap(({ items, scores }, user) =>
      Array.from(items, (item, at) => [userIds[user], at + 1, itemIds[item], scores[at]])
    ),
  });
  await writeFileAtomically(path, csv);
  return path;
}
