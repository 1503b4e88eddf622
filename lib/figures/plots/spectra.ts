import * as Plot from "@observablehq/plot";
import { legend } from "../drawing/legend.ts";
import { plotSvg, seriesLine, twoColumns } from "../drawing/plot.ts";

/** Smaller singular values are next to nothing beside the largest. */
const least = 1e-4;
/** The axis goes at least as far, so that a flat spectrum looks flat. */
const leastAxis = 0.1;

/**
 * Draws singular values in descending order, each as a share of the largest: the flatter, the more isotropic.
 *
 * @param spaces each with its singular values, descending
 */
export function plotSpectra(spaces: { name: string; singularValues: ArrayLike<number> }[]): string {
  const lines = spaces.map(({ singularValues }) => shares(singularValues));
  const lowest = Math.min(leastAxis, ...lines.flatMap((line) => line.map(({ share }) => share)));
  return plotSvg({
    width: twoColumns / 2,
    height: 320,
    marginLeft: 55,
    x: { type: "log", label: "Rank of the singular value", tickFormat: "~s", ticks: 6 },
    y: {
      type: "log",
      label: "Singular value, as a share of the largest",
      tickFormat: "~g",
      ticks: 5,
      domain: [lowest, 1],
      grid: true,
    },
    marks: [
      ...lines.map((line, index) =>
        Plot.line(line, {
          x: "rank",
          y: "share",
          ...seriesLine(index),
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
