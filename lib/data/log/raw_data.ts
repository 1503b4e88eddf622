import { DataError } from "../../errors.ts";
import { createGenerator } from "../../random.ts";
import { checkDomain } from "../check_domain.ts";
import { cutsOf, type SplitChoice } from "../split_choice.ts";
import { describeSplit } from "../statistics.ts";
import type { Domain, FeatureTable } from "../domain.ts";
import { describeRows, type RowReport } from "../reading/row_report.ts";
import { distinctRows, type Interactions, rowsOfItems, selectRows, toSequences } from "./interactions.ts";
import { kCore } from "./k_core.ts";
import { rawSettings } from "./raw_settings.ts";
import { coreBefore, rowsOfUse, toSplitSequences } from "./split_log.ts";

/** What a reader makes of a data set's raw files, before rare users and items are left out. */
export interface RawData {
  /** Rows with a user, an item and a time. */
  interactions: Interactions;
  /** What became of the other rows. */
  report: RowReport;
  /** Whether rows that repeat another one are out already, as the data's own rule has it. */
  isDistinct?: boolean;
  /** Set where the times are any numbers; else they are milliseconds since 1970. */
  timesAre?: "numbers";
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
 * Where the data are split by time the 5-core is that of what came before the validation items (see `coreBefore`): a
 * core of everything would choose users and items by what they did later. From then on all items and users are kept
 * that are in it or had not come before, if only the users can be asked for something.
 *
 * @param say is told what was left out
 * @param readFeatures reads the features that lie beside the files, if there are any
 * @throws {DataError} if nothing is left, or as the readers
 * @throws {ParameterError} if a moment of the split cannot be compared with the data's times
 */
export async function makeDomain(
  raw: RawData,
  name: string,
  say: (line: string) => void,
  readFeatures: ReadFeatures | null = null,
  split: SplitChoice = "leave-one-out",
): Promise<Domain> {
  const { interactions: once, report } = withoutRepeats(raw);
  const cuts = split === "leave-one-out"
    ? null
    : cutsOf(once.times, split, raw.timesAre === "numbers", report.path);
  const coreOf = (log: Interactions) =>
    selectRows(
      log,
      cuts ? coreBefore(log, cuts.validFrom, rawSettings.core) : kCore(log, rawSettings.core),
    );
  // the core of what has a text lies within the core of everything: texts of other items need not be kept
  let core = coreOf(once);
  let texts: Map<string, string> | null = null, textless = 0;
  if (raw.readTexts !== null) {
    const items = await raw.readTexts(new Set(core.itemIds));
    texts = items.texts;
    if (items.report) say(describeRows(items.report));
    if (readFeatures === null) {
      const described = selectRows(core, rowsOfItems(core, (id) => texts!.has(id)));
      if (core.users.length > 0 && described.users.length === 0) throw nothingInCommon(report, items, core);
      textless = core.users.length - described.users.length;
      core = coreOf(described);
    }
  }
  const rare = once.users.length - textless - core.users.length;
  if (cuts) core = selectRows(core, rowsOfUse(core, cuts));
  say(describeRows({
    ...report,
    skipped: [
      ...report.skipped,
      { reason: "of an item without a text", rows: textless },
      {
        reason: `outside the ${rawSettings.core}-core${
          cuts ? ` of what came before ${cuts.times.validFrom}` : ""
        }`,
        rows: rare,
      },
      {
        reason: "of users who came later and cannot be tested",
        rows: once.users.length - textless - rare - core.users.length,
      },
    ],
  }));
  const domain = checkDomain({
    name,
    itemIds: core.itemIds,
    itemTexts: texts && core.itemIds.map((id) => texts.get(id) ?? ""),
    userIds: core.userIds,
    sequences: cuts
      ? toSplitSequences(core, cuts, rawSettings.tieSeed)
      : toSequences(core, createGenerator(rawSettings.tieSeed)),
    features: readFeatures && await readFeatures(core.itemIds),
  }, report.path);
  if (cuts) say(describeSplit(domain));
  return domain;
}

function nothingInCommon({ path }: RowReport, items: RawTexts, { itemIds }: Interactions): DataError {
  return new DataError({
    where: path,
    expected: `items that have a text in ${items.report?.path ?? path}`,
    found: `none, but for example ${JSON.stringify(itemIds[0])}`,
    advice: "Do the two files belong together? An item must be spelt alike in both.",
  });
}
