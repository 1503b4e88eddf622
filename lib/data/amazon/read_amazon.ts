import { createGenerator } from "../../random.ts";
import { checkDomain } from "../check_domain.ts";
import type { Domain } from "../domain.ts";
import { distinctRows, selectRows, toSequences } from "../log/interactions.ts";
import { kCore } from "../log/k_core.ts";
import { rawSettings } from "../log/raw_settings.ts";
import { readAmazonRatings } from "./read_amazon_ratings.ts";
import { readAmazonTexts } from "./read_amazon_texts.ts";

/** The two files of one category of Amazon Review Data 2018. */
export interface AmazonFiles {
  /** Item, user, rating and time, comma-separated: `.csv` or `.csv.gz`. */
  ratings: string;
  /** One JSON record per item: `.json` or `.json.gz`. */
  metadata: string;
}

/**
 * Makes a domain of one category of Amazon Review Data 2018.
 *
 * Repeated ratings (same user, item and time) and items without metadata are dropped, then whatever is not in the
 * 5-core; an item's text is its title, categories and brand.
 *
 * @param say is told what was left out
 * @throws {DataError} if a file is missing, cut off or malformed
 */
export async function readAmazon(
  { ratings, metadata }: AmazonFiles,
  name: string,
  say: (line: string) => void = console.info,
): Promise<Domain> {
  const log = await readAmazonRatings(ratings);
  const distinct = distinctRows(log);
  const once = selectRows(log, distinct);
  // the core of what has metadata lies within the core of everything: texts of other items need not be kept
  const wide = selectRows(once, kCore(once, rawSettings.core));
  const texts = await readAmazonTexts(metadata, new Set(wide.itemIds));
  const described = selectRows(
    wide,
    [...wide.items.keys()].filter((row) => texts.has(wide.itemIds[wide.items[row]])),
  );
  const core = selectRows(described, kCore(described, rawSettings.core));
  const repeated = log.users.length - distinct.length;
  const textless = wide.users.length - described.users.length;
  const textlessItems = wide.itemIds.length - described.itemIds.length;
  const rare = distinct.length - textless - core.users.length;
  say(
    `${ratings}: ${log.users.length} ratings, of which ${repeated} repeated, ${textless} of items without text ` +
      `(${textlessItems} items) and ${rare} outside the ${rawSettings.core}-core were left out.`,
  );
  return checkDomain({
    name,
    itemIds: core.itemIds,
    itemTexts: core.itemIds.map((id) => texts.get(id)!),
    userIds: core.userIds,
    sequences: toSequences(core, createGenerator(rawSettings.tieSeed)),
    features: null,
  }, ratings);
}
