import * as Plot from "@observablehq/plot";
import { legend } from "./legend.ts";
import { plotSvg, seriesColour } from "./plot.ts";

/** Smaller singular values are rounding next to the largest; the axis ends here. */
const least = 1e-4;

/**
 * Draws singular values in descending order, each as a share of the largest: the flatter, the more isotropic.
 *
 * @param spaces each with its singular values, descending
 */
export function plotSpectra(spaces: { name: string; singularValues: ArrayLike<number> }[]): string {
  return plotSvg({
    width: 440,
    height: 320,
    marginLeft: 55,
    x: { type: "log", label: "Rank of the singular value", tickFormat: "~s", ticks: 6 },
    y: {
      type: "log",
      label: "Singular value, as a share of the largest",
      tickFormat: "~g",
      ticks: 5,
      domain: [least, 1],
      grid: true,
    },
    marks: [
      ...spaces.map(({ singularValues }, index) =>
        Plot.line(shares(singularValues), {
          x: "rank",
          y: "share",
          stroke: seriesColour(index),
          strokeWidth: 1.8,
        })
      ),
      legend(spaces.map(({ name }) => name), "bottom left"),
    ],
  });
}

function shares(singularValues: ArrayLike<number>): { rank: number; share: number }[] {
  return Array.from(singularValues, (value, index) => ({ rank: index + 1, share: value / singularValues[0] }))
    .filter(({ share }) => share >= least);
}
