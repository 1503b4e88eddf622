import * as Plot from "@observablehq/plot";
import { plotSvg, seriesDot, seriesLine } from "./plot.ts";

/** A line of a figure: its name, and which series it is in every figure. */
export interface Series {
  name: string;
  index: number;
}

const namesPerLine = 4;

/**
 * Names the series of a figure beside pieces of their lines, several in a row: a panel of its own, which covers no line
 * as a `legend` may.
 *
 * @param frame the width and margins of the panels below
 */
export function namesPanel(
  series: readonly Series[],
  frame: { width: number; marginLeft: number; marginRight: number },
): string {
  const lines = Math.ceil(series.length / namesPerLine);
  return plotSvg({
    ...frame,
    height: 8 + 18 * lines,
    marginTop: 8,
    marginBottom: 0,
    x: { axis: null, domain: [0, namesPerLine] },
    y: { axis: null, domain: [0.5 - lines, 0.5] },
    marks: series.flatMap(({ name, index }, place) => {
      const x = place % namesPerLine;
      const y = -Math.floor(place / namesPerLine);
      return [
        Plot.link([name], { x1: x, x2: x + 0.22, y, ...seriesLine(index) }),
        Plot.dot([name], { ...seriesDot(index), x: x + 0.11, y, r: 4 }),
        Plot.text([name], { x: x + 0.27, y, textAnchor: "start" }),
      ];
    }),
  });
}
