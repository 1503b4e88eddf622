import type { DomainStatistics } from "../../data/statistics.ts";
import { type Cell, showingItself, type Table } from "../output/table.ts";

/**
 * Makes the paper's Table 2 of data sets' statistics; where any is split by time, with columns of the split and of how
 * many users and items each part has.
 */
export function datasetTable(statistics: DomainStatistics[]): Table {
  const isByTime = statistics.some(({ split }) => split);
  return showingItself({
    caption:
      "Data sets after preprocessing. Avg. n: interactions per user; Avg. c: characters per item text. " +
      (isByTime
        ? "Only users with an item in a part, and one before it, are asked there; later items have none to train on."
        : "Split: leave-one-out."),
    columns: [
      { name: "dataset", heading: "Dataset" },
      { name: "users", heading: "#Users" },
      { name: "items", heading: "#Items" },
      { name: "interactions", heading: "#Interactions" },
      { name: "avg_n", heading: "Avg. n", digits: 2 },
      { name: "avg_c", heading: "Avg. c", digits: 2 },
      ...(isByTime
        ? [
          { name: "split", heading: "Split" },
          { name: "train_users", heading: "Train" },
          { name: "valid_users", heading: "Valid" },
          { name: "test_users", heading: "Test" },
          { name: "later_items", heading: "Later items" },
        ]
        : []),
    ],
    rows: statistics.map((row) => [
      row.dataset,
      row.users,
      row.items,
      row.interactions,
      row.averageLength,
      row.averageTextLength,
      ...(isByTime ? splitCells(row) : []),
    ]),
  });
}

function splitCells({ users, split }: DomainStatistics): Cell[] {
  if (!split) return ["leave-one-out", users, users, users, null];
  return [split.name, split.trainUsers, split.validUsers, split.testUsers, split.laterItems];
}
