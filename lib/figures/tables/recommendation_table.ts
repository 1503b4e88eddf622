import type { Table } from "../output/table.ts";

/** One list of recommendations. */
export interface Recommended {
  /** What stands above the list's column, for example the model's name. */
  heading: string;
  /** Item indices, best first. */
  items: ArrayLike<number>;
}

/** What the reader needs to know of the items. */
export interface ItemDescriptions {
  itemIds: readonly string[];
  itemTexts: readonly string[] | null;
}

/** Longer texts are cut, so that lists can stand side by side; counted in what a reader takes for one letter. */
const longestText = 90;
const letters = new Intl.Segmenter("en");

/** Returns what a reader knows an item by: its text, or its identifier where it has none. */
export function describeItem(item: number, { itemIds, itemTexts }: ItemDescriptions): string {
  const text = itemTexts?.[item].trim() || itemIds[item];
  const starts = Array.from(letters.segment(text), ({ index }) => index);
  return starts.length > longestText ? `${text.slice(0, starts[longestText - 1])}…` : text;
}

/**
 * Makes a table of recommendations side by side, best first; items that `mark` names get the mark before their text.
 *
 * @param mark for example `{ sign: "★", items: new Set([target]) }`
 */
export function recommendationTable(
  caption: string,
  lists: readonly Recommended[],
  descriptions: ItemDescriptions,
  mark: { sign: string; items: ReadonlySet<number> },
): Table {
  const longest = Math.max(...lists.map(({ items }) => items.length));
  return {
    caption,
    columns: [
      { name: "rank", heading: "Rank" },
      ...lists.map(({ heading }) => ({ name: heading, heading })),
    ],
    rows: Array.from({ length: longest }, (_, at) => [
      at + 1,
      ...lists.map(({ items }) => {
        if (at >= items.length) return null;
        const text = describeItem(items[at], descriptions);
        return mark.items.has(items[at]) ? `${mark.sign} ${text}` : text;
      }),
    ]),
  };
}
