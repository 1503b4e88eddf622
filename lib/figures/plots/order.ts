import * as Plot from "@observablehq/plot";
import type { OrderEffect } from "../../studies/order.ts";
import { ink } from "../drawing/palette.ts";
import { besideEachOther, plotSvg, seriesColour, twoColumns } from "../drawing/plot.ts";

/** Room for "in training" beside the axis. */
const marginLeft = 80;
/** The most panels that stand in a row. */
const mostPerRow = 3;

/**
 * Draws what becomes of a metric when histories are shuffled: a panel for each system, in it a dot with its interval for
 * histories in order and for each way to shuffle them, and a line at what histories in order give.
 *
 * @param effects of one metric; systems and ways in the order in which they come
 */
export function plotOrder(effects: readonly OrderEffect[]): string {
  const systems = Map.groupBy(effects, ({ system }) => system);
  const highest = Math.max(...effects.map(({ mean }) => mean.interval?.high ?? mean.value!));
  const width = twoColumns / Math.min(mostPerRow, systems.size);
  return besideEachOther([...systems].map(([system, own]) => panel(system, own, width, highest)));
}

function panel(system: string, effects: readonly OrderEffect[], width: number, highest: number): string {
  const [{ metric, mean }] = effects;
  const colour = seriesColour(0);
  return plotSvg({
    width,
    height: 155,
    marginTop: 10,
    marginLeft,
    marginRight: 12,
    x: { label: `${system}: ${metric} →`, domain: [0, 1.05 * highest], grid: true, ticks: 4 },
    y: { label: "shuffled", domain: effects.map(({ shuffled }) => shuffled), tickSize: 0 },
    marks: [
      Plot.ruleX([mean.value], { stroke: ink, strokeDasharray: "3 3" }),
      Plot.ruleY(effects.filter(({ mean }) => mean.interval), {
        y: "shuffled",
        x1: ({ mean }) => mean.interval!.low,
        x2: ({ mean }) => mean.interval!.high,
        stroke: colour,
        strokeWidth: 3,
        strokeOpacity: 0.45,
      }),
      Plot.dot(effects, { x: ({ mean }) => mean.value, y: "shuffled", r: 4.5, fill: colour }),
    ],
  });
}
