import * as Plot from "@observablehq/plot";
import { ink } from "../drawing/palette.ts";
import { besideEachOther, plotSvg, seriesColour, seriesDot, twoColumns } from "../drawing/plot.ts";

/** What a system reached on a data set. */
export interface LeaderBoardPoint {
  system: string;
  value: number;
  /** Null where the ranks of single users are not kept. */
  interval: { low: number; high: number } | null;
}

/** A data set, with what is known of it from elsewhere. */
export interface LeaderBoardPanel {
  dataset: string;
  points: readonly LeaderBoardPoint[];
  /** The paper's best number. */
  paper: number | null;
  /** The best published number, if it was measured on the same data. */
  published: number | null;
}

/** A kind of systems, which has its own colour and shape. */
export interface SystemKind {
  name: string;
  systems: readonly string[];
}

const namesWidth = 165;
const panelWidth = (twoColumns - namesWidth) / 3;
const rowHeight = 16;

/**
 * Draws what every system reached on every data set: a point with its interval, a row for each system, the best of the
 * paper's systems as a dashed line and the best published number as a solid one.
 *
 * @param panels three stand in a row
 * @param kinds systems from top to bottom; those of a kind look alike
 */
export function plotLeaderBoard(
  panels: readonly LeaderBoardPanel[],
  metric: string,
  kinds: readonly SystemKind[],
): string {
  const systems = kinds.flatMap(({ systems }) => systems);
  return besideEachOther([
    key(kinds),
    ...panels.map((panel, at) => plotPanel(panel, metric, kinds, systems, at % 3 === 0)),
  ]);
}

/** Says what colours and lines mean, above all panels. */
function key(kinds: readonly SystemKind[]): string {
  const step = 2;
  const names = kinds.map(({ name }, index) => ({ name, index, x: index * step }));
  const lines = [
    { name: "best of the paper's Table 3", x: 0, dash: "4 3" },
    { name: "best published, any input", x: 1.25 * step, dash: "none" },
  ];
  return plotSvg({
    width: twoColumns,
    height: 44,
    marginTop: 6,
    marginBottom: 0,
    marginLeft: 20,
    x: { axis: null, domain: [0, 3 * step] },
    y: { axis: null, domain: [0, 2] },
    marks: [
      ...names.map((entry) => Plot.dot([entry], { ...seriesDot(entry.index), x: "x", y: 1.5, r: 4 })),
      Plot.text(names, { x: ({ x }) => x + 0.12, y: 1.5, text: "name", textAnchor: "start" }),
      ...lines.map((line) =>
        Plot.link([line], {
          x1: ({ x }) => x - 0.1,
          x2: ({ x }) => x + 0.1,
          y: 0.5,
          stroke: ink,
          strokeDasharray: line.dash,
        })
      ),
      Plot.text(lines, { x: ({ x }) => x + 0.18, y: 0.5, text: "name", textAnchor: "start" }),
    ],
  });
}

function plotPanel(
  { dataset, points, paper, published }: LeaderBoardPanel,
  metric: string,
  kinds: readonly SystemKind[],
  systems: readonly string[],
  hasNames: boolean,
): string {
  const rule = (value: number | null, dash: string) =>
    value === null ? [] : [Plot.ruleX([value], { stroke: ink, strokeDasharray: dash })];
  return plotSvg({
    width: panelWidth + (hasNames ? namesWidth : 0),
    height: 78 + rowHeight * systems.length,
    marginTop: 32,
    marginLeft: hasNames ? namesWidth : 12,
    marginRight: 12,
    x: { label: metric, labelAnchor: "center", grid: true, nice: true, ticks: 3, inset: 5 },
    y: { label: null, domain: systems, type: "point", tickSize: 0, ...(hasNames ? {} : { axis: null }) },
    marks: [
      Plot.text([dataset], { frameAnchor: "top", dy: -20, text: (name) => name, fontSize: 13 }),
      ...rule(paper, "4 3"),
      ...rule(published, "none"),
      ...kinds.flatMap(({ systems: own }, index) => {
        const shown = points.filter(({ system }) => own.includes(system));
        return [
          Plot.ruleY(shown.filter(({ interval }) => interval), {
            y: "system",
            x1: ({ interval }) => interval!.low,
            x2: ({ interval }) => interval!.high,
            stroke: seriesColour(index),
            strokeWidth: 1.6,
          }),
          Plot.dot(shown, { ...seriesDot(index), x: "value", y: "system", r: 4 }),
        ];
      }),
    ],
  });
}
