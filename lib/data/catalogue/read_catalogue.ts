import { countOf } from "../../count_of.ts";
import { DataError, ParameterError } from "../../errors.ts";
import { createGenerator } from "../../random.ts";
import { checkDomain } from "../check_domain.ts";
import type { Domain, Sequences } from "../domain.ts";
import { type Interactions, rowsByUser, rowsOfItems, selectRows, toSequences } from "../log/interactions.ts";
import { kCore } from "../log/k_core.ts";
import { rawSettings } from "../log/raw_settings.ts";
import { shortestSequence } from "../split.ts";
import { type RawData, withoutRepeats } from "../log/raw_data.ts";
import { checkMapping, type ColumnMapping } from "../reading/columns.ts";
import { readItems } from "../reading/read_items.ts";
import { layoutOf, readLog } from "../reading/read_log.ts";
import { describeRows, type RowReport } from "../reading/row_report.ts";

/** The two files of one's own catalogue. */
export interface CatalogueFiles {
  /** A table with the columns `user`, `item` and `time`. */
  interactions: string;
  /** A table with the columns `item` and `text`. */
  items: string;
}

/** The names by which a folder is known to hold a catalogue. */
export const catalogueFileNames: CatalogueFiles = { interactions: "interactions.csv", items: "items.csv" };

/** One's own catalogue, ready to train on and to recommend from. */
export interface Catalogue {
  /** What to train on and to measure: the k-core, in which every user and item has k interactions or more. */
  domain: Domain;
  /**
   * What to recommend from and to whom: every item with a text and every user with such an item.
   *
   * The items of `domain` come first, with the same indices, then those chosen too rarely or never. A user may have a
   * single item.
   */
  whole: Domain;
  /** The k of the k-core. */
  core: number;
  /** What became of the rows of both files, before the k-core. */
  reports: { items: RowReport; interactions: RowReport };
}

/** Where a catalogue comes from: two files, or raw files of any format that has texts. */
export type CatalogueSource = CatalogueFiles | { readRaw(): Promise<RawData> };

/**
 * Reads one's own catalogue from two tables, or from raw files.
 *
 * What is missing in a row leaves the row out, and is counted; what is wrong in a row is an error. Interactions with
 * items that have no text are left out too: to a model that reads texts they are nothing.
 *
 * @param name what the catalogue is called
 * @param options `core` is the fewest interactions of a user and of an item that are trained on, 5 as in the paper
 * @throws {DataError} if a file is missing or malformed, or nothing is left to train on
 * @throws {ParameterError} if `core` is not a whole number from 3
 */
export async function readCatalogue(
  source: CatalogueSource,
  name: string,
  { core = rawSettings.core }: { core?: number } = {},
): Promise<Catalogue> {
  checkCore(core);
  return await catalogueOf(
    "readRaw" in source ? await source.readRaw() : await readCatalogueFiles(source),
    name,
    core,
  );
}

/** Reads the two files of a catalogue; the items come first, as whoever mends both begins with them. */
export async function readCatalogueFiles(
  { items, interactions }: CatalogueFiles,
  columns?: ColumnMapping,
): Promise<RawData> {
  if (columns) checkMapping(columns, await Promise.all([interactions, items].map(layoutOf)));
  const texts = await readItems(items, { columns });
  return { ...await readLog(interactions, { columns }), readTexts: () => Promise.resolve(texts) };
}

async function catalogueOf(raw: RawData, name: string, core: number): Promise<Catalogue> {
  if (raw.readTexts === null) {
    throw new DataError({
      where: raw.report.path,
      expected: "items with texts",
      found: "none",
      advice: "Add a table of items with the columns item and text.",
    });
  }
  const { texts, report } = await raw.readTexts(null);
  const { interactions: log, report: logged } = withoutRepeats(raw);
  const described = selectRows(log, rowsOfItems(log, (id) => texts.has(id)));
  if (described.users.length === 0) {
    throw nothingInCommon(logged.path, report?.path ?? logged.path, log, texts);
  }
  const textless = { reason: "of an item without a text", rows: log.users.length - described.users.length };

  const sequences = toSequences(described, createGenerator(rawSettings.tieSeed));
  const ordered = asLog(described, sequences);
  const trained = selectRows(ordered, kCore(ordered, core));
  if (trained.users.length === 0) {
    throw new DataError({
      where: logged.path,
      expected: `users and items with ${core} interactions or more among themselves`,
      found: `none, in ${countOf(described.users.length, "interaction")} of ` +
        `${countOf(described.userIds.length, "user")} with ${countOf(described.itemIds.length, "item")}`,
      advice: core === shortestSequence
        ? "Bring more interactions."
        : `Bring more interactions, or give notebook 10 a smaller core: ${shortestSequence} at least.`,
    });
  }
  const itemIds = [...new Set([...trained.itemIds, ...texts.keys()])];
  const domain: Domain = {
    name,
    itemIds: trained.itemIds,
    itemTexts: trained.itemIds.map((id) => texts.get(id)!),
    userIds: trained.userIds,
    sequences: inOrder(trained),
    features: null,
  };
  return {
    domain: checkDomain(domain, logged.path),
    whole: {
      name,
      itemIds,
      itemTexts: itemIds.map((id) => texts.get(id)!),
      userIds: described.userIds,
      sequences: { ...sequences, items: renumber(sequences.items, described.itemIds, itemIds) },
      features: null,
    },
    core,
    reports: {
      items: report ?? { path: logged.path, encoding: logged.encoding, rows: texts.size, skipped: [] },
      interactions: { ...logged, skipped: [...logged.skipped, textless] },
    },
  };
}

/**
 * Makes the part of a catalogue that is trained on.
 *
 * @param say is told what was left out
 * @throws {DataError} as `readCatalogue`
 */
export async function readCatalogueDomain(
  raw: RawData,
  name: string,
  say: (line: string) => void = console.info,
): Promise<Domain> {
  const { domain, whole, core, reports } = await catalogueOf(raw, name, rawSettings.core);
  const rare = whole.sequences.items.length - domain.sequences.items.length;
  const { items, interactions } = reports;
  say(describeRows(items));
  say(describeRows({
    ...interactions,
    skipped: [...interactions.skipped, { reason: `outside the ${core}-core`, rows: rare }],
  }));
  return domain;
}

/** Returns the sequences of a log in which each user's rows are in the order of time. */
function inOrder(log: Interactions): Sequences {
  const { rows, offsets } = rowsByUser(log);
  return { items: rows.map((row) => log.items[row]), offsets };
}

/** Writes sequences as a log, user by user and in the order of time, so that a filter keeps the order. */
function asLog({ userIds, itemIds }: Interactions, { items, offsets }: Sequences): Interactions {
  const users = new Int32Array(items.length);
  userIds.forEach((_, user) => users.fill(user, offsets[user], offsets[user + 1]));
  return { userIds, itemIds, users, items, times: Float64Array.from(items.keys()) };
}

/** Returns item indices into `ids` as indices into `newIds`. */
function renumber(items: Int32Array, ids: readonly string[], newIds: readonly string[]): Int32Array {
  const index = new Map(newIds.map((id, item) => [id, item]));
  return items.map((item) => index.get(ids[item])!);
}

function checkCore(core: number): void {
  if (Number.isInteger(core) && core >= shortestSequence) return;
  throw new ParameterError({
    where: "core",
    expected: `a whole number from ${shortestSequence}`,
    found: String(core),
    advice: "A user needs an item each to train, validate and test; the paper uses 5.",
  });
}

function nothingInCommon(
  interactions: string,
  items: string,
  { itemIds }: Interactions,
  texts: ReadonlyMap<string, string>,
): DataError {
  const example = ([id]: Iterable<string>) => JSON.stringify(id);
  return new DataError({
    where: interactions,
    expected: `items that have a text in ${items}, such as ${example(texts.keys())}`,
    found: `none, but for example ${example(itemIds)}`,
    advice: "An item must be spelt alike in both files; spreadsheets take leading zeros off.",
  });
}
