import { join } from "node:path";
import { parseRecord, readRecordItems, readRecordLog } from "../reading/records.ts";
import type { Folder, Format } from "./format.ts";

/** Yelp's open data set: reviews or tips as interactions, a business's name and categories as text. */
export const yelp: Format = {
  name: "Yelp",
  files: "Yelp's yelp_academic_dataset_review.json and yelp_academic_dataset_business.json",
  async find(folder) {
    const reviews = await fileWith(folder, ["user_id", "business_id", "date"]);
    if (reviews === null) return null;
    const businesses = await fileWith(folder, ["business_id", "name", "categories"]);
    const [log, items] = [reviews, businesses].map((file) => file && join(folder.path, file));
    return {
      inputs: [log, items].filter((file) => file !== null),
      readRaw: async () => ({
        ...await readRecordLog(log!, { user: ["user_id"], item: ["business_id"], time: ["date"] }, "times"),
        readTexts: items === null ? null : (wanted) =>
          readRecordItems(items, {
            item: ["business_id"],
            parts: [["name"], ["categories"], ["city"]],
          }, wanted),
      }),
    };
  },
};

/** Returns the file whose first record has all these fields: reviews before tips, by their names. */
async function fileWith({ files, peek }: Folder, fields: readonly string[]): Promise<string | null> {
  for (const file of files.filter((name) => /\.jsonl?(\.gz)?$/.test(name))) {
    const record = parseRecord((await peek(file)).lines[0] ?? "");
    if (record !== null && fields.every((field) => field in record)) return file;
  }
  return null;
}
