import type { DomainStatistics } from "../../data/statistics.ts";
import { showingItself, type Table } from "../output/table.ts";

/** Makes the paper's Table 2 of data sets' statistics. */
export function datasetTable(statistics: DomainStatistics[]): Table {
  return showingItself({
    caption:
      "Data sets after preprocessing. Avg. n: interactions per user; Avg. c: characters per item text.",
    columns: [
      { name: "dataset", heading: "Dataset" },
      { name: "users", heading: "#Users" },
      { name: "items", heading: "#Items" },
      { name: "interactions", heading: "#Interactions" },
      { name: "avg_n", heading: "Avg. n", digits: 2 },
      { name: "avg_c", heading: "Avg. c", digits: 2 },
    ],
    rows: statistics.map((row) => [
      row.dataset,
      row.users,
      row.items,
      row.interactions,
      row.averageLength,
      row.averageTextLength,
    ]),
  });
}
