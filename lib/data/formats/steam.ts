import { join } from "node:path";
import { parseRecord, readRecordItems, readRecordLog } from "../reading/records.ts";
import type { Format } from "./format.ts";

/** Steam's reviews and games (Kang and McAuley, 2018): literals of Python, one a line. */
export const steam: Format = {
  name: "Steam",
  files: "Steam's steam_reviews.json(.gz) and steam_games.json(.gz)",
  async find({ path, files, peek }) {
    let log: string | null = null, games: string | null = null;
    for (const file of files.filter((name) => /\.jsonl?(\.gz)?$/.test(name))) {
      const record = parseRecord((await peek(file)).lines[0] ?? "") ?? {};
      if ("product_id" in record && ("username" in record || "user_id" in record)) log ??= join(path, file);
      else if ("app_name" in record) games ??= join(path, file);
    }
    if (log === null) return null;
    const [reviews, items] = [log, games];
    return {
      inputs: items === null ? [reviews] : [reviews, items],
      readRaw: async () => ({
        ...await readRecordLog(
          reviews,
          { user: ["user_id", "username"], item: ["product_id"], time: ["date"] },
          "times",
        ),
        readTexts: items === null ? null : (wanted) =>
          readRecordItems(items, {
            item: ["id"],
            parts: [["title", "app_name"], ["genres", "tags"], ["developer", "publisher"]],
          }, wanted),
      }),
    };
  },
};
