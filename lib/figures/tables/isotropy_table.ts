import type { Isotropy } from "../../text/geometry/isotropy.ts";
import { showingItself, type Table } from "../output/table.ts";

/** Makes a table of how isotropic several tables of item vectors are. */
export function isotropyTable(caption: string, spaces: readonly (Isotropy & { name: string })[]): Table {
  return showingItself({
    caption,
    columns: [
      { name: "vectors", heading: "Item vectors" },
      { name: "width", heading: "Width" },
      { name: "mean_cosine", heading: "Mean cosine", digits: 4 },
      { name: "participation_ratio", heading: "Participation ratio", digits: 1 },
      { name: "share_of_width", heading: "as % of the width", digits: 1 },
      { name: "undirected", heading: "Items without a direction" },
    ],
    rows: spaces.map(({ name, width, meanCosine, participationRatio, undirected }) => [
      name,
      width,
      meanCosine,
      participationRatio,
      100 * participationRatio / width,
      undirected,
    ]),
  });
}
