import * as Plot from "@observablehq/plot";
import { besideEachOther, plotSvg, seriesDot, seriesLine, twoColumns } from "../drawing/plot.ts";
import { namesPanel } from "./series_names.ts";

/** What a training was measured to cost on a catalogue of one size. */
export interface MeasuredCost {
  /** Which system was trained, and how. */
  series: string;
  items: number;
  interactions: number;
  /** Seconds by the clock. */
  secondsPerEpoch: number;
  /** Seconds of all processors together, which other work on the machine hardly changes. */
  processorSecondsPerEpoch: number;
  /** The most memory that its process held, in GiB. */
  memory: number;
}

const marginLeft = 55;

/**
 * Draws processor seconds per epoch and peak memory against the number of items, and against that of interactions, all logarithmic,
 * a line for each series.
 *
 * @param byItems measured with as many interactions each
 * @param byInteractions measured with as many items each
 */
export function plotCostAgainstSize(
  byItems: readonly MeasuredCost[],
  byInteractions: readonly MeasuredCost[],
): string {
  const names = [...new Set([...byItems, ...byInteractions].map(({ series }) => series))];
  const panels = [[byItems, "items", "Items"], [byInteractions, "interactions", "Interactions"]] as const;
  return besideEachOther([
    namesPanel(
      names.map((name, index) => ({ name, index })),
      { width: twoColumns, marginLeft, marginRight: 20 },
    ),
    ...panels.map(([costs, size, label]) =>
      panel(costs, names, {
        x: size,
        label,
        y: "processorSecondsPerEpoch",
        title: "Processor seconds per epoch",
      })
    ),
    ...panels.map(([costs, size, label]) =>
      panel(costs, names, { x: size, label, y: "memory", title: "Peak memory (GiB)" })
    ),
  ]);
}

function panel(
  costs: readonly MeasuredCost[],
  names: readonly string[],
  { x, label, y, title }: {
    x: "items" | "interactions";
    label: string;
    y: "processorSecondsPerEpoch" | "memory";
    title: string;
  },
): string {
  return plotSvg({
    width: twoColumns / 2,
    height: 230,
    marginLeft,
    marginRight: 20,
    x: { type: "log", label, tickFormat: "~s", ticks: 4 },
    y: { type: "log", label: title, tickFormat: "~r", ticks: 4, grid: true },
    marks: names.flatMap((name, index) => {
      const own = costs.filter(({ series }) => series === name);
      return [
        Plot.line(own, { x, y, ...seriesLine(index) }),
        Plot.dot(own, { ...seriesDot(index), x, y, r: 3 }),
      ] as Plot.Markish[];
    }),
  });
}
