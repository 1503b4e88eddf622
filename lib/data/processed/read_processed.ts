import { DataError } from "../../errors.ts";
import { checkDomain } from "../check_domain.ts";
import type { Domain, FeatureTable } from "../domain.ts";
import { readFeatureTable } from "../features/feature_tables.ts";
import { inOrder } from "../features/read_features_by_id.ts";
import type { ItemCount } from "../features/width.ts";
import { withoutSilentItems } from "../without_items.ts";
import { exists } from "../files.ts";
import { joinPrefixes } from "./join_prefixes.ts";
import { readFeatures } from "../features/read_features.ts";
import { readIndex } from "./read_index.ts";
import { type InterTable, readInter } from "./read_inter.ts";
import { readTexts } from "./read_texts.ts";

/**
 * Reads a data set in the processed format that RecBole and UniSRec share.
 *
 * `X.train.inter`, `X.valid.inter` and `X.test.inter` must be there. `X.item2index`, `X.user2index`, `X.text` and
 * `X.feat1CLS` may be missing: identifiers are then the indices, texts and features null. `X.feat2CLS` may stand beside
 * `X.feat1CLS`: the features of word-dropped texts.
 *
 * Items without a text stay where there are features; else they are left out, counted and said, with users of whom
 * fewer than three items remain.
 *
 * @param folder where the files are
 * @param name the data set's name X
 * @param say is told what was left out
 * @param featureWidth numbers of a row of features, where the files do not say so themselves
 * @throws {DataError} if a file is missing, malformed or contradicts another
 */
export async function readProcessedDomain(
  folder: string,
  name: string,
  say: (line: string) => void = console.info,
  featureWidth?: number,
): Promise<Domain> {
  const base = `${folder}/${name}`;
  const [train, valid, test] = await Promise.all(
    ["train", "valid", "test"].map((part) => readInter(`${base}.${part}.inter`)),
  );
  const tables = [train, valid, test];

  const namedItems = await exists(`${base}.item2index`) ? await readIndex(`${base}.item2index`) : null;
  // every index occurs then, so a damaged one cannot ask for more items or users than there are lines
  const interactions = train.users.length + 3 * test.users.length;
  const occurring = Math.min(Math.max(...tables.map(highestItem)) + 1, interactions);
  const count = { items: namedItems?.length ?? occurring, isLeast: namedItems === null };
  const features = await readOwnFeatures(base, namedItems, count, featureWidth);
  const wordDropped = features && await exists(`${base}.feat2CLS`)
    ? {
      wordDropped: await readFeatures(
        `${base}.feat2CLS`,
        { items: features.rows, isLeast: false },
        features.width,
      ),
    }
    : {};
  const items = namedItems?.length ?? features?.rows ?? occurring;
  const itemIds = namedItems ?? indices(items);

  const namedUsers = await exists(`${base}.user2index`) ? await readIndex(`${base}.user2index`) : null;
  const userIds = namedUsers ?? indices(test.users.length);
  for (const table of tables) checkIndices(table, userIds.length, items);

  const domain: Domain = {
    name,
    itemIds,
    itemTexts: await exists(`${base}.text`) ? await readTexts(`${base}.text`, itemIds) : null,
    userIds,
    sequences: joinPrefixes({ train, valid, test }, userIds.length),
    features,
    ...wordDropped,
  };
  return checkDomain(features ? domain : withoutSilentItems(domain, say), folder);
}

/** Reads the features beside the files, in the order of the items. */
async function readOwnFeatures(
  base: string,
  itemIds: string[] | null,
  count: ItemCount,
  featureWidth?: number,
): Promise<FeatureTable | null> {
  if (await exists(`${base}.feat1CLS`)) return await readFeatures(`${base}.feat1CLS`, count, featureWidth);
  const made = await readFeatureTable(base);
  if (made === null) return null;
  const { path, ids, table } = made;
  if (ids !== null) return inOrder(table, ids, itemIds ?? indices(count.items), path);
  const fits = count.isLeast ? table.rows >= count.items : table.rows === count.items;
  if (fits) return table;
  throw new DataError({
    where: path,
    expected: `${count.items} rows, one per item`,
    found: String(table.rows),
    advice: "The file belongs to other items: write it again.",
  });
}

function highest(values: Int32Array): number {
  return values.reduce((a, b) => Math.max(a, b), -1);
}

function highestItem({ histories, targets }: InterTable): number {
  return Math.max(highest(histories.items), highest(targets));
}

function indices(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

function checkIndices(
  { path, users, histories, targets }: InterTable,
  userLimit: number,
  itemLimit: number,
): void {
  const check = (row: number, kind: string, index: number, limit: number) => {
    if (index < limit) return;
    throw new DataError({
      where: `${path}:${row + 2}`,
      expected: `${kind} index below ${limit}`,
      found: String(index),
      advice: "The line belongs to another data set, or the index or feature file does.",
    });
  };
  users.forEach((user, row) => {
    check(row, "a user", user, userLimit);
    for (let i = histories.offsets[row]; i < histories.offsets[row + 1]; i++) {
      check(row, "an item", histories.items[i], itemLimit);
    }
    check(row, "an item", targets[row], itemLimit);
  });
}
