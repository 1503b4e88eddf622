import type { Recommendation } from "../../evaluation/recommender.ts";
import { type Cell, showingItself, type Table } from "../output/table.ts";

/** One list of recommendations. */
export interface Recommended {
  /** What stands above the list's column, for example the model's name. */
  heading: string;
  /** Best first. */
  items: readonly Recommendation[];
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
 * Where a recommender says what carried an item, the item of the history that did so most stands beside.
 *
 * @param descriptions of the recommended items and of those of the histories
 * @param mark for example `{ sign: "★", items: new Set([target]) }`, by ID
 */
export function recommendationTable(
  caption: string,
  lists: readonly Recommended[],
  descriptions: ItemDescriptions,
  mark: { sign: string; items: ReadonlySet<string> },
): Table {
  const index = new Map(descriptions.itemIds.map((id, item) => [id, item]));
  const describe = (id: string) => index.has(id) ? describeItem(index.get(id)!, descriptions) : id;
  const longest = Math.max(...lists.map(({ items }) => items.length));
  const columns = lists.flatMap(({ heading, items }) => [
    {
      name: heading,
      heading,
      cell: ({ item }: Recommendation) =>
        mark.items.has(item) ? `${mark.sign} ${describe(item)}` : describe(item),
      items,
    },
    ...(items.some(({ because }) => because)
      ? [{
        name: `${heading} because`,
        heading: "Because you had",
        cell: ({ because: [most] = [] }: Recommendation) =>
          most ? `${describe(most.item)} (${Math.round(100 * most.share)} %)` : null,
        items,
      }]
      : []),
  ]);
  return showingItself({
    caption,
    columns: [{ name: "rank", heading: "Rank" }, ...columns.map(({ name, heading }) => ({ name, heading }))],
    rows: Array.from({ length: longest }, (_, at): Cell[] => [
      at + 1,
      ...columns.map(({ items, cell }) => at < items.length ? cell(items[at]) : null),
    ]),
  });
}
