import type { OrderEffect } from "../../studies/order.ts";
import { showingItself, type Table } from "../output/table.ts";

/** Makes a long table of what becomes of each system's metrics when histories are shuffled. */
export function orderTable(caption: string, effects: readonly OrderEffect[]): Table {
  return showingItself({
    caption,
    columns: [
      { name: "model", heading: "Model" },
      { name: "shuffled", heading: "Histories shuffled" },
      { name: "metric", heading: "Metric" },
      { name: "value", heading: "Value", digits: 4 },
      { name: "low", heading: "from", digits: 4 },
      { name: "high", heading: "to", digits: 4 },
      { name: "change (%)", heading: "against order (%)", digits: 1 },
      { name: "p", heading: "p (paired t-test)", digits: 3, isP: true },
    ],
    rows: effects.map(({ system, shuffled, metric, mean: { value, interval }, change, test }) => [
      system,
      shuffled,
      metric,
      value,
      interval?.low ?? null,
      interval?.high ?? null,
      change === null || test === null ? null : 100 * change,
      test?.p ?? null,
    ]),
  });
}
