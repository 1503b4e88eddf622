import * as Plot from "@observablehq/plot";
import { legend } from "../drawing/legend.ts";
import { plotSvg, seriesLine } from "../drawing/plot.ts";

/** Points per series; more could not be told apart on a logarithmic axis. */
const mostPoints = 400;

/**
 * Draws how interactions spread over items: each item's interactions against its rank, both logarithmic.
 *
 * @param domains each with the interactions of its items, most popular first
 */
export function plotPopularity(domains: { name: string; counts: ArrayLike<number> }[]): string {
  return plotSvg({
    height: 290,
    marginLeft: 55,
    x: { type: "log", label: "Item rank by popularity", tickFormat: "~s", ticks: 4 },
    y: { type: "log", label: "Interactions of the item", tickFormat: "~s", ticks: 4, grid: true },
    marks: [
      ...domains.map(({ counts }, index) =>
        Plot.line(rankCounts(counts), {
          x: "rank",
          y: "count",
          ...seriesLine(index),
        })
      ),
      legend(domains.map(({ name }) => name), "bottom left"),
    ],
  });
}

/** Ranks at equal steps of the logarithm; items that nobody interacted with have no place on the axis. */
function rankCounts(counts: ArrayLike<number>): { rank: number; count: number }[] {
  const ranks = new Set(
    Array.from({ length: mostPoints }, (_, i) => Math.round(counts.length ** (i / (mostPoints - 1)))),
  );
  return [...ranks].map((rank) => ({ rank, count: counts[rank - 1] })).filter(({ count }) => count > 0);
}
