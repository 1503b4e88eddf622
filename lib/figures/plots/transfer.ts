import * as Plot from "@observablehq/plot";
import type { TransferSummary } from "../../experiments/transfer_summary.ts";
import { besideEachOther, plotSvg, seriesColour, twoColumns } from "../drawing/plot.ts";

/** The longest names of variants still fit beside the axis. */
const marginLeft = 110;

/**
 * Draws NDCG@10 by variant, a panel for each target: the single runs as small circles, their mean as a dot, and one
 * standard deviation to either side as a line.
 *
 * @param bars variants from top to bottom in the order in which they come
 */
export function plotTransfer(bars: readonly TransferSummary[]): string {
  const targets = Map.groupBy(bars, ({ target }) => target);
  return besideEachOther([...targets].map(([target, own]) => panel(target, own)));
}

function panel(target: string, bars: readonly TransferSummary[]): string {
  const ranges = bars.map(({ variant, mean, deviation }) => ({
    variant,
    from: mean - (deviation ?? 0),
    to: mean + (deviation ?? 0),
  }));
  const runs = bars.flatMap(({ variant, values }) => values.map((value) => ({ variant, value })));
  return plotSvg({
    width: twoColumns / 2,
    height: 70 + 26 * bars.length,
    marginLeft,
    marginRight: 15,
    x: { label: `${target}: NDCG@10 →`, grid: true, nice: true, ticks: 5 },
    y: { label: null, domain: bars.map(({ variant }) => variant), tickSize: 0 },
    marks: [
      Plot.ruleY(ranges, {
        y: "variant",
        x1: "from",
        x2: "to",
        stroke: seriesColour(0),
        strokeWidth: 3,
        strokeOpacity: 0.45,
      }),
      Plot.dot(runs, { x: "value", y: "variant", r: 2, stroke: seriesColour(0), strokeOpacity: 0.7 }),
      Plot.dot(bars, { x: "mean", y: "variant", r: 4.5, fill: seriesColour(0) }),
    ],
  });
}
