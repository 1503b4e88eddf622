import * as Plot from "@observablehq/plot";
import { legend } from "../drawing/legend.ts";
import { plotSvg, seriesLine } from "../drawing/plot.ts";

/**
 * Draws how long users' sequences are: for each length, the share of users with at least that many interactions.
 *
 * Both axes are needed to read a long tail: the length is on a logarithmic scale.
 *
 * @param domains each with its users' sequence lengths, in any order
 */
export function plotSequenceLengths(domains: { name: string; lengths: ArrayLike<number> }[]): string {
  return plotSvg({
    height: 290,
    marginLeft: 55,
    x: { type: "log", label: "Interactions of a user, n", tickFormat: "~s", ticks: 4 },
    y: { label: "Users with at least n interactions (%)", domain: [0, 100], grid: true },
    marks: [
      ...domains.map(({ lengths }, index) =>
        Plot.line(shareOfUsers(lengths), {
          x: "length",
          y: "percent",
          ...seriesLine(index),
          curve: "step-before",
        })
      ),
      Plot.ruleY([0]),
      legend(domains.map(({ name }) => name), "top right"),
    ],
  });
}

/** One point for each length that occurs: the percentage of users with at least that length. */
function shareOfUsers(lengths: ArrayLike<number>): { length: number; percent: number }[] {
  const sorted = Array.from(lengths).sort((a, b) => a - b);
  return sorted
    .map((length, shorter) => ({ length, percent: 100 * (1 - shorter / sorted.length) }))
    .filter(({ length }, index) => index === 0 || length > sorted[index - 1]);
}
