import type { Neighbour } from "../../text/geometry/nearest_items.ts";
import { describeItem, type ItemDescriptions } from "./recommendation_table.ts";
import { showingItself, type Table } from "../output/table.ts";

/** Makes a table of the items nearest to one in several spaces, side by side, each with its cosine. */
export function nearestItemsTable(
  item: number,
  spaces: readonly { name: string; neighbours: readonly Neighbour[] }[],
  descriptions: ItemDescriptions,
): Table {
  const longest = Math.max(...spaces.map(({ neighbours }) => neighbours.length));
  return showingItself({
    caption: `Nearest to “${describeItem(item, descriptions)}”`,
    columns: [
      { name: "rank", heading: "Rank" },
      ...spaces.flatMap(({ name }) => [
        { name, heading: name },
        { name: `${name} cosine`, heading: "cos", digits: 3 },
      ]),
    ],
    rows: Array.from({ length: longest }, (_, at) => [
      at + 1,
      ...spaces.flatMap(({ neighbours }) =>
        at < neighbours.length
          ? [describeItem(neighbours[at].item, descriptions), neighbours[at].cosine]
          : [null, null]
      ),
    ]),
  });
}
