import { DataError } from "../../errors.ts";
import { createGenerator } from "../../random.ts";
import { checkDomain } from "../check_domain.ts";
import type { Domain, FeatureTable } from "../domain.ts";
import { describeRows, type RowReport } from "../reading/row_report.ts";
import { distinctRows, type Interactions, rowsOfItems, selectRows, toSequences } from "./interactions.ts";
import { kCore } from "./k_core.ts";
import { rawSettings } from "./raw_settings.ts";

/** What a reader makes of a data set's raw files, before rare users and items are left out. */
export interface RawData {
  /** Rows with a user, an item and a time. */
  interactions: Interactions;
  /** What became of the other rows. */
  report: RowReport;
  /** Whether rows that repeat another one are out already, as the data's own rule has it. */
  isDistinct?: boolean;
  /**
   * Reads the texts of the items that are wanted, of all where that is null; null where the data have no texts. What
   * comes out of the interactions' own file has no report.
   */
  readTexts: ((wanted: ReadonlySet<string> | null) => Promise<RawTexts>) | null;
}

/** Texts by item, and what became of the rows of their file. */
export interface RawTexts {
  texts: Map<string, string>;
  report: RowReport | null;
}

/** Features that lie beside raw files. */
export type ReadFeatures = (itemIds: readonly string[]) => Promise<FeatureTable>;

/** Leaves out of raw data the rows that repeat a user, item and time, and counts them. */
export function withoutRepeats({ interactions, report, isDistinct }: RawData): {
  interactions: Interactions;
  report: RowReport;
} {
  if (isDistinct) return { interactions, report };
  const distinct = distinctRows(interactions);
  const repeated = interactions.users.length - distinct.length;
  return {
    interactions: repeated === 0 ? interactions : selectRows(interactions, distinct),
    report: { ...report, skipped: [...report.skipped, { reason: "repeated", rows: repeated }] },
  };
}

/**
 * Makes a domain of raw data: rows that repeat another one go, then items without a text, then whatever is not in the
 * 5-core; sequences are in the order of time.
 *
 * Data without texts keep all their items, and so do data with features of their own.
 *
 * @param say is told what was left out
 * @param readFeatures reads the features that lie beside the files, if there are any
 * @throws {DataError} if nothing is left, or as the readers
 */
export async function makeDomain(
  raw: RawData,
  name: string,
  say: (line: string) => void,
  readFeatures: ReadFeatures | null = null,
): Promise<Domain> {
  const { interactions: once, report } = withoutRepeats(raw);
  // the core of what has a text lies within the core of everything: texts of other items need not be kept
  let core = selectRows(once, kCore(once, rawSettings.core));
  let texts: Map<string, string> | null = null, textless = 0;
  if (raw.readTexts !== null) {
    const items = await raw.readTexts(new Set(core.itemIds));
    texts = items.texts;
    if (items.report) say(describeRows(items.report));
    if (readFeatures === null) {
      const described = selectRows(core, rowsOfItems(core, (id) => texts!.has(id)));
      if (core.users.length > 0 && described.users.length === 0) throw nothingInCommon(report, items, core);
      textless = core.users.length - described.users.length;
      core = selectRows(described, kCore(described, rawSettings.core));
    }
  }
  say(describeRows({
    ...report,
    skipped: [
      ...report.skipped,
      { reason: "of an item without a text", rows: textless },
      {
        reason: `outside the ${rawSettings.core}-core`,
        rows: once.users.length - textless - core.users.length,
      },
    ],
  }));
  return checkDomain({
    name,
    itemIds: core.itemIds,
    itemTexts: texts && core.itemIds.map((id) => texts.get(id) ?? ""),
    userIds: core.userIds,
    sequences: toSequences(core, createGenerator(rawSettings.tieSeed)),
    features: readFeatures && await readFeatures(core.itemIds),
  }, report.path);
}

function nothingInCommon({ path }: RowReport, items: RawTexts, { itemIds }: Interactions): DataError {
  return new DataError({
    where: path,
    expected: `items that have a text in ${items.report?.path ?? path}`,
    found: `none, but for example ${JSON.stringify(itemIds[0])}`,
    advice: "Do the two files belong together? An item must be spelt alike in both.",
  });
}
