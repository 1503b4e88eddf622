import type { Prospect } from "../../evaluation/audience.ts";
import { describeItem, type ItemDescriptions } from "./recommendation_table.ts";
import { showingItself, type Table } from "../output/table.ts";

/** Users named for each item. */
const namedUsers = 3;

/**
 * Makes a table of items and the users to whom they are worth showing, with the item's place in each one's list.
 *
 * @param audiences the prospects of each item, as from `audiencesOf`
 */
export function audienceTable(
  caption: string,
  audiences: readonly { item: string; prospects: readonly Prospect[] }[],
  descriptions: ItemDescriptions,
  userIds: readonly string[],
): Table {
  const index = new Map(descriptions.itemIds.map((id, item) => [id, item]));
  return showingItself({
    caption,
    columns: [
      { name: "item", heading: "Item" },
      { name: "text", heading: "Text" },
      { name: "users", heading: "Users" },
      { name: "first_users", heading: "Show it first to (place in their list)" },
    ],
    rows: audiences.map(({ item, prospects }) => [
      item,
      describeItem(index.get(item)!, descriptions),
      prospects.length,
      prospects.slice(0, namedUsers).map(({ user, rank }) => `${userIds[user]} (${rank + 1})`).join(", ") ||
      "–",
    ]),
  });
}
