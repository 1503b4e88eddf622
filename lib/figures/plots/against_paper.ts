import * as Plot from "@observablehq/plot";
import { ink } from "../drawing/palette.ts";
import { besideEachOther, plotSvg, seriesColour, twoColumns } from "../drawing/plot.ts";

/** A number of ours and the paper's. */
export interface PaperComparison {
  system: string;
  ours: number;
  paper: number;
}

const marginLeft = 105;
const rowHeight = 17;

/**
 * Draws dumbbells: for every system the paper's number as a ring and ours as a dot, joined by a line that is blue where ours
 * is higher and orange, dashed, where it is lower.
 *
 * @param panels each with its title, for example a data set and a metric
 */
export function plotAgainstPaper(
  panels: readonly { title: string; rows: readonly PaperComparison[] }[],
): string {
  return besideEachOther([key(), ...panels.map(panel)]);
}

/** Says what the marks mean, above all panels. */
function key(): string {
  const entries = [
    { x: 0, text: "the paper's", fill: "white", stroke: ink },
    { x: 1.6, text: "ours, higher", fill: seriesColour(0), stroke: seriesColour(0) },
    { x: 3.3, text: "ours, lower", fill: seriesColour(4), stroke: seriesColour(4) },
  ];
  return plotSvg({
    width: twoColumns,
    height: 24,
    marginTop: 6,
    marginBottom: 0,
    marginLeft: 20,
    x: { axis: null, domain: [0, 7] },
    y: { axis: null, domain: [0, 1] },
    marks: [
      Plot.dot(entries, { x: "x", y: 0.5, r: 4, fill: "fill", stroke: "stroke", strokeWidth: 1.5 }),
      Plot.text(entries, { x: ({ x }) => x + 0.12, y: 0.5, text: "text", textAnchor: "start" }),
    ],
  });
}

function panel({ title, rows }: { title: string; rows: readonly PaperComparison[] }): string {
  const [lower, higher] = [
    rows.filter(({ ours, paper }) => ours < paper),
    rows.filter(({ ours, paper }) => ours >= paper),
  ];
  const lines = (own: PaperComparison[], colour: string, dash: string) =>
    Plot.link(own, {
      x1: "paper",
      x2: "ours",
      y1: "system",
      y2: "system",
      stroke: colour,
      strokeWidth: 2,
      strokeDasharray: dash,
    });
  const dots = (own: PaperComparison[], colour: string) =>
    Plot.dot(own, { x: "ours", y: "system", r: 4, fill: colour });
  return plotSvg({
    width: twoColumns / 2,
    height: 70 + rowHeight * rows.length,
    marginLeft,
    marginRight: 15,
    x: { label: `${title} →`, grid: true, nice: true, ticks: 4, inset: 5 },
    y: { label: null, domain: rows.map(({ system }) => system), tickSize: 0, type: "point" },
    marks: [
      lines(lower, seriesColour(4), "4 2"),
      lines(higher, seriesColour(0), "none"),
      Plot.dot(rows, { x: "paper", y: "system", r: 4, fill: "white", stroke: ink, strokeWidth: 1.5 }),
      dots(lower, seriesColour(4)),
      dots(higher, seriesColour(0)),
    ],
  });
}
