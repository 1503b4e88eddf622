import * as Plot from "@observablehq/plot";
import { legend, lineHeight } from "../drawing/legend.ts";
import { plotSvg, seriesLine, twoColumns } from "../drawing/plot.ts";

/** Width of a bin; 0 is the middle of one, so that values around 0 stay together. */
const binWidth = 0.04;

/**
 * Draws how the cosines of pairs of items are distributed, as a share of the pairs in bins of 0.04.
 *
 * @param spaces each with the cosines of some pairs
 */
export function plotCosines(spaces: { name: string; cosines: ArrayLike<number> }[]): string {
  return plotSvg({
    width: twoColumns / 2,
    height: 320,
    marginLeft: 50,
    // the names have room of their own, above all lines
    insetTop: lineHeight * spaces.length,
    x: { label: "Cosine of two items", domain: [-1, 1], ticks: 5 },
    // a square root: narrow distributions are tall, and would press the others flat
    y: { type: "sqrt", label: "Pairs of items (%)", grid: true, nice: true, ticks: 6 },
    marks: [
      ...spaces.map(({ cosines }, index) =>
        Plot.line(histogram(cosines), {
          x: "cosine",
          y: "percent",
          ...seriesLine(index),
          curve: "step",
        })
      ),
      Plot.ruleY([0]),
      legend(spaces.map(({ name }) => name), "top left"),
    ],
  });
}

function histogram(cosines: ArrayLike<number>): { cosine: number; percent: number }[] {
  const half = Math.round(1 / binWidth);
  const counts = new Int32Array(2 * half + 1);
  for (const cosine of Array.from(cosines)) counts[half + Math.round(cosine / binWidth)]++;
  return Array.from(counts, (count, bin) => ({
    cosine: (bin - half) * binWidth,
    percent: 100 * count / cosines.length,
  }));
}
