import { join } from "node:path";
import type { RawData } from "../log/raw_data.ts";
import { type Places, plainName } from "../reading/columns.ts";
import { joinLogs } from "../reading/join_logs.ts";
import { joinCells, readItems } from "../reading/read_items.ts";
import { layoutOf, type Log, readLog } from "../reading/read_log.ts";
import type { Layout } from "../reading/sniff.ts";
import { DataError } from "../../errors.ts";
import { readPrefixes } from "../processed/read_prefixes.ts";
import type { Format } from "./format.ts";

/** RecBole's atomic files: typed headers, tabs, tokens of any kind; unsplit, split, or split and augmented. */
export const recBole: Format = {
  name: "RecBole's atomic files",
  files:
    "RecBole's X.inter, or X.train.inter, X.valid.inter and X.test.inter; with X.item, if there are texts",
  async find({ path, name, files, peek }) {
    const whole = [`${name}.inter`].filter((file) => files.includes(file));
    const parts = ["train", "valid", "test"].map((part) => `${name}.${part}.inter`).filter((file) =>
      files.includes(file)
    );
    const logs = (whole.length > 0 ? whole : parts).map((file) => join(path, file));
    if (logs.length === 0) return null;
    const items = [join(path, `${name}.item`)].filter(() => files.includes(`${name}.item`));
    const { lines: [header = ""] } = await peek(whole[0] ?? parts[0]);
    const isAugmented = /:token_seq/.test(header);
    const readTexts = items.length === 0 ? null : () => readItemFile(items[0]);
    return {
      inputs: [...logs, ...items],
      ...isAugmented
        ? { readDomain: (say: (line: string) => void) => readPrefixes(logs, name, readTexts, say) }
        : { readRaw: () => readAtomic(logs, readTexts) },
    };
  },
};

async function readAtomic(paths: readonly string[], readTexts: RawData["readTexts"]): Promise<RawData> {
  const logs: Log[] = [];
  for (const path of paths) {
    const layout = typed(path, await layoutOf(path));
    logs.push(await readLog(path, { layout, places: placesIn(path, layout), timesAre: "numbers" }));
  }
  const { interactions, report } = joinLogs(logs);
  const note = paths.length > 1 ? " Its parts were put together, to be split anew." : "";
  return { interactions, report: { ...report, note }, timesAre: "numbers", readTexts };
}

/** RecBole separates by tabs and knows no quotes. */
function typed(path: string, layout: Layout): Layout {
  if (layout.header?.some((name) => /:(token|float)(_seq)?$/.test(name)) && layout.separator === "\t") {
    return { ...layout, quoted: false };
  }
  throw new DataError({
    where: `${path}:1`,
    expected: "a header such as user_id:token, item_id:token, timestamp:float, separated by tabs",
    found: layout.header?.join(", ") ?? "a line of values",
    advice: "Take the atomic files that RecBole's tools write.",
  });
}

const known = {
  user: ["userid", "sessionid", "user", "session"],
  item: ["itemid", "item", "productid", "movieid", "businessid", "venueid"],
  time: ["timestamp", "time", "unixtime", "date"],
};

/** Finds user, item and time: by RecBole's usual names, else the first two columns of tokens and the last of floats. */
function placesIn(path: string, { header }: Layout): Places {
  const names = header!.map(plainName);
  const find = (wanted: string[]) =>
    wanted.map((name) => names.indexOf(name)).filter((at) => at >= 0).slice(0, 1);
  const tokens = header!.flatMap((name, at) => name.endsWith(":token") ? [at] : []);
  const [user, item] = [find(known.user), find(known.item)];
  const time = find(known.time);
  const places = {
    user: user.length > 0 ? user : tokens.filter((at) => at !== item[0]).slice(0, 1),
    item: item.length > 0 ? item : tokens.filter((at) => at !== (user[0] ?? tokens[0])).slice(0, 1),
    time,
    text: [],
  };
  const missing = (["user", "item", "time"] as const).filter((role) => places[role].length === 0);
  if (missing.length === 0) return places;
  throw new DataError({
    where: `${path}:1`,
    expected: "columns of users, items and times, such as user_id:token, item_id:token and timestamp:float",
    found: header!.join(", "),
    advice: `Without ${missing.join(" and ")} there are no sequences: give the column one of these names.`,
  });
}

/** Reads a `.item` file: every column of words is part of the text, in the order of the columns. */
async function readItemFile(path: string) {
  const layout = typed(path, await layoutOf(path));
  const names = layout.header!.map(plainName);
  const at = known.item.map((name) => names.indexOf(name)).find((place) => place >= 0) ?? 0;
  const text = layout.header!.flatMap((name, place) => {
    if (place === at || !/:token(_seq)?$/.test(name)) return [];
    return isPartOfText(names[place], name) ? [place] : [];
  });
  if (text.length === 0) {
    throw new DataError({
      where: `${path}:1`,
      expected: "columns of words, such as title:token_seq, categories:token_seq or brand:token",
      found: layout.header!.join(", "),
      advice: "Add such a column, or take the file away: items then have no text.",
    });
  }
  const places = { user: [], item: [at], time: [], text };
  return await readItems(path, { layout, places, join: (cells) => joinCells(cells.map(withoutQuotes)) });
}

/** A column of words, but not numbers, ranks and addresses that are kept as tokens. */
function isPartOfText(name: string, typedName: string): boolean {
  if (/id$|url|rank|price|year|image|asin|alsobuy|alsoview|related|unixtime/.test(name)) return false;
  return typedName.endsWith(":token_seq") ||
    /title|name|brand|store|categor|genre|class|author|description|tag|city/.test(name);
}

/** Lists of categories come as Python's: `'Toys', 'Games'`. */
function withoutQuotes(cell: string): string {
  return /^\[?'.*'\]?$/.test(cell) ? cell.replace(/^\[?'|'\]?$/g, "").replace(/',? ?'/g, ", ") : cell;
}
