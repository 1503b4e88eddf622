import * as Plot from "@observablehq/plot";
import { legend } from "../drawing/legend.ts";
import { plotSvg, seriesLine } from "../drawing/plot.ts";

/** Points of a line, equally spaced from 0 to the longest text. */
const bins = 40;

/**
 * Draws how long item texts are, as a share of the items in forty bins.
 *
 * @param unit what the lengths count, for example "tokens"
 * @param domains each with the length of every item's text
 */
export function plotTextLengths(
  unit: string,
  domains: { name: string; lengths: ArrayLike<number> }[],
): string {
  let longest = 0;
  for (const { lengths } of domains) {
    // not Math.max(...lengths): a stack does not hold the items of a large catalogue
    for (let item = 0; item < lengths.length; item++) longest = Math.max(longest, lengths[item]);
  }
  const binWidth = Math.max(1, Math.ceil((longest + 1) / bins));
  return plotSvg({
    height: 290,
    marginLeft: 50,
    x: { label: `Length of an item's text, ${unit}`, domain: [0, longest + 1] },
    y: { label: "Items (%)", grid: true, nice: true },
    marks: [
      ...domains.map(({ lengths }, index) =>
        Plot.line(histogram(lengths, binWidth, longest), {
          x: "length",
          y: "percent",
          ...seriesLine(index),
          curve: "step",
        })
      ),
      Plot.ruleY([0]),
      legend(domains.map(({ name }) => name), "top right"),
    ],
  });
}

function histogram(lengths: ArrayLike<number>, binWidth: number, longest: number) {
  const counts = new Int32Array(Math.floor(longest / binWidth) + 1);
  for (const length of Array.from(lengths)) counts[Math.floor(length / binWidth)]++;
  return Array.from(counts, (count, bin) => ({
    length: (bin + 0.5) * binWidth,
    percent: 100 * count / lengths.length,
  }));
}
