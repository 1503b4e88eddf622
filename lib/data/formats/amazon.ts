import { join } from "node:path";
import { DataError } from "../../errors.ts";
import type { Interactions } from "../log/interactions.ts";
import type { RawData } from "../log/raw_data.ts";
import { cleanAmazonField } from "../reading/clean_text.ts";
import { joinLogs } from "../reading/join_logs.ts";
import {
  type LogFields,
  parseRecord,
  readRecordItems,
  readRecordLog,
  streamRecords,
} from "../reading/records.ts";
import { layoutOf, type Log, readLog } from "../reading/read_log.ts";
import { plainName } from "../reading/columns.ts";
import { sniffLayout } from "../reading/sniff.ts";
import type { Folder, Format } from "./format.ts";

/** The names under which the versions of 2014, 2018 and 2023 have the same fields. */
const fields = {
  item: ["parent_asin", "asin"],
  user: ["user_id", "reviewerID"],
  time: ["timestamp", "unixReviewTime"],
  parts: [["title"], ["category", "categories", "main_category"], ["brand", "store"]],
  fallback: ["description", "features"],
};

/** The names in lines of ratings that have a header. */
const headers = {
  user: ["userid", "reviewerid"],
  item: ["parentasin", "asin"],
  time: ["timestamp", "unixreviewtime"],
};

/** One category of Amazon's reviews: ratings or reviews, and metadata. */
export const amazon: Format = {
  name: "Amazon reviews",
  files: "Amazon's meta_*.json(l)(.gz) with one category's ratings .csv(.gz) or reviews .json(l)(.gz)",
  async find(folder) {
    const { path, files } = folder;
    const metadata: string[] = [], logs: string[] = [];
    for (const file of files.filter((name) => /\.(jsonl?|csv)(\.gz)?$/.test(name))) {
      if (/\.csv(\.gz)?$/.test(file)) logs.push(file);
      else {
        const [line = ""] = (await folder.peek(file)).lines;
        const record = parseRecord(line);
        if (record !== null && fields.user.some((name) => name in record)) logs.push(file);
        else if (/^meta_/.test(file) || (record !== null && fields.item.some((name) => name in record))) {
          metadata.push(file);
        }
      }
    }
    const parts = await partsOf(folder, logs);
    if (metadata.length !== 1 || parts === null) return null;
    const inputs = [...parts, metadata[0]].map((file) => join(path, file));
    return { inputs, readRaw: () => readAmazon(inputs.slice(0, -1), inputs[inputs.length - 1]) };
  },
};

/** Returns the files of ratings: a single one, or the parts of a split; null where there is neither. */
async function partsOf(folder: Folder, logs: string[]): Promise<string[] | null> {
  const parts = logs.filter((file) => /\.(train|valid|test)\.csv(\.gz)?$/.test(file));
  const whole = logs.filter((file) => !parts.includes(file));
  if (parts.length === 3 && whole.length === 0) return parts;
  if (whole.length !== 1) return null;
  const { bytes } = await folder.peek(whole[0]);
  // a table of other columns is none of Amazon's
  return /json/.test(whole[0]) || bytes.length === 0 || (sniffLayout(bytes)?.width ?? 0) >= 4 ||
      sniffLayout(bytes)?.header !== null
    ? whole
    : null;
}

/**
 * Reads one category of Amazon's reviews of 2014, 2018 or 2023.
 *
 * An item's text is its title, categories and brand (or store), else its description. In ratings without a header
 * the column whose identifiers the metadata know is the item.
 *
 * @param ratings one file, or the parts of a split, which are put together
 * @throws {DataError} if a file is missing, cut off or malformed
 */
export async function readAmazon(ratings: readonly string[], metadata: string): Promise<RawData> {
  const logs: Log[] = [];
  for (const path of ratings) logs.push(await readRatings(path, metadata));
  const { interactions, report } = joinLogs(logs);
  const note = (report.note ?? "") +
    (ratings.length > 1 ? " Its parts were put together, to be split anew." : "");
  return {
    interactions,
    report: { ...report, note },
    timesAre: "numbers",
    readTexts: (wanted) =>
      readRecordItems(metadata, { ...fields, clean: (texts) => cleanAmazonField(texts) }, wanted),
  };
}

async function readRatings(path: string, metadata: string): Promise<Log> {
  if (/\.jsonl?(\.gz)?$/.test(path)) {
    const logFields: LogFields = fields;
    return await readRecordLog(path, logFields, "numbers");
  }
  const layout = await layoutOf(path);
  const place = (names: string[]) =>
    names.map((name) => (layout.header ?? []).findIndex((column) => plainName(column) === name)).find((at) =>
      at >= 0
    );
  const at = layout.header === null
    ? { user: 1, item: 0, time: 3 }
    : { user: place(headers.user), item: place(headers.item), time: place(headers.time) };
  if (at.user === undefined || at.item === undefined || at.time === undefined || layout.width <= at.time) {
    throw new DataError({
      where: `${path}:1`,
      expected:
        "item, user, rating and time, or user, item, rating and time, or a header with user_id, parent_asin " +
        "and timestamp",
      found: layout.header?.join(", ") ?? `${layout.width} columns`,
      advice: "Use one category's “ratings only” file, or its 5-core.",
    });
  }
  const places = { user: [at.user], item: [at.item], time: [at.time], text: [] };
  const log = await readLog(path, { layout, places, timesAre: "numbers" });
  if (layout.header !== null || await knowsItems(log.interactions, metadata, path)) return log;
  const { userIds: itemIds, itemIds: userIds, users: items, items: users, times } = log.interactions;
  return {
    interactions: { userIds, itemIds, users, items, times },
    report: { ...log.report, note: " The user stands first in it, as in Amazon's files of 2014 and 2023." },
  };
}

/** Tells whether the metadata know the log's items, and not its users. */
async function knowsItems(
  { itemIds, userIds }: Interactions,
  metadata: string,
  path: string,
): Promise<boolean> {
  const share = (ids: string[], pattern: RegExp) => ids.filter((id) => pattern.test(id)).length / ids.length;
  // ASINs have ten characters, and users more: with both, the metadata need not be asked
  const asin = /^(B[\dA-Z]{9}|\d{9}[\dX])$/, user = /^A[\dA-Z]{11,27}$/;
  if (share(itemIds, asin) > 0.9 && share(userIds, user) > 0.9) return true;
  if (share(userIds, asin) > 0.9 && share(itemIds, user) > 0.9) return false;
  const [items, users] = [new Set(itemIds), new Set(userIds)];
  let first = 0, second = 0;
  await streamRecords(metadata, (record) => {
    const id = String(record[fields.item.find((name) => name in record)!]);
    if (items.has(id)) first++;
    if (users.has(id)) second++;
  });
  if (first + second > 0) return first >= second;
  throw new DataError({
    where: path,
    expected: `items that have a record in ${metadata}`,
    found: `none in its first two columns, but for example ${
      [itemIds[0], userIds[0]].map((id) => JSON.stringify(id)).join(" and ")
    }`,
    advice: "Ratings and metadata must be of one category and one year.",
  });
}
