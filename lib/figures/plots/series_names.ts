import * as Plot from "@observablehq/plot";
import { plotSvg, seriesDot, seriesLine } from "../drawing/plot.ts";
import { widthOfText, wrapText } from "../drawing/wrap_text.ts";

/** A line of a figure: its name, and which series it is in every figure. */
export interface Series {
  name: string;
  index: number;
}

/** No more names stand in a line, however short they are; a quarter of the width is the figure's unit across. */
const mostPerLine = 4;
/** Where a name's piece of line ends and where its text begins. */
const [pieceEnd, textStart] = [0.22, 0.27];
/** That of `plotSvg`. */
const fontSize = 12;

/**
 * Names the series of a figure beside pieces of their lines, as many in a row as have room: a panel of its own, which
 * covers no line as a `legend` may. A name that is wider than the panel ends with an ellipsis.
 *
 * @param frame the width and margins of the panels below
 */
export function namesPanel(
  series: readonly Series[],
  frame: { width: number; marginLeft: number; marginRight: number },
): string {
  const width = frame.width - frame.marginLeft - frame.marginRight;
  const room = (perLine: number) => width / perLine - textStart * width / mostPerLine;
  const widest = Math.max(...series.map(({ name }) => widthOfText(name, fontSize)));
  let perLine = mostPerLine;
  while (perLine > 1 && widest > room(perLine)) perLine--;
  const lines = Math.ceil(series.length / perLine);
  return plotSvg({
    ...frame,
    height: 8 + 18 * lines,
    marginTop: 8,
    marginBottom: 0,
    x: { axis: null, domain: [0, mostPerLine] },
    y: { axis: null, domain: [0.5 - lines, 0.5] },
    marks: series.flatMap(({ name, index }, place) => {
      const x = place % perLine * mostPerLine / perLine;
      const y = -Math.floor(place / perLine);
      const text = wrapText(name, { width: room(perLine), fontSize, mostLines: 1 });
      return [
        Plot.link([name], { x1: x, x2: x + pieceEnd, y, ...seriesLine(index) }),
        Plot.dot([name], { ...seriesDot(index), x: x + pieceEnd / 2, y, r: 4 }),
        Plot.text(text, { x: x + textStart, y, textAnchor: "start" }),
      ];
    }),
  });
}
