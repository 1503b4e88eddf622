import type { TransferSummary } from "../../experiments/transfer_summary.ts";
import { showingItself, type Table } from "../output/table.ts";

/** Makes a long table of variants and targets, with the mean and spread of NDCG@10. */
export function transferTable(caption: string, bars: readonly TransferSummary[]): Table {
  return showingItself({
    caption,
    columns: [
      { name: "dataset", heading: "Data set" },
      { name: "variant", heading: "Variant" },
      { name: "value", heading: "NDCG@10", digits: 4 },
      { name: "std", heading: "± std", digits: 4 },
      { name: "runs", heading: "Runs" },
    ],
    rows: bars.map((
      { target, variant, mean, deviation, values },
    ) => [target, variant, mean, deviation, values.length]),
  });
}

/** A comparison in words, with what a paired test says of it. */
export interface Comparison {
  /** For example "All against None". */
  what: string;
  difference: number;
  p: number;
  pairs: number;
}

/** The p below which a difference is called one. */
const level = 0.05;

/** Makes a table of comparisons, and says which differences are more than chance. */
export function pairedTestTable(caption: string, comparisons: readonly Comparison[]): Table {
  return showingItself({
    caption,
    columns: [
      { name: "comparison", heading: "Comparison" },
      { name: "difference", heading: "Difference", digits: 4 },
      { name: "p", heading: "p (paired t-test)", digits: 3, isP: true },
      { name: "pairs", heading: "Pairs" },
      { name: "verdict", heading: `At p < ${level}` },
    ],
    rows: comparisons.map(({ what, difference, p, pairs }) => [
      what,
      difference,
      p,
      pairs,
      p >= level ? "no difference seen" : difference > 0 ? "better" : "worse",
    ]),
  });
}
