import * as Plot from "@observablehq/plot";
import type { DomainLoss } from "../../training/joined/domain_losses.ts";
import { legend } from "../drawing/legend.ts";
import { besideEachOther, plotSvg, seriesColour, seriesLine, twoColumns } from "../drawing/plot.ts";

const labels: Record<string, string> = {
  sequenceItem: "Sequence–item loss",
  sequenceSequence: "Sequence–sequence loss",
};

/**
 * Draws the losses of pre-training by epoch, a panel for each task and a line for each domain.
 *
 * @param epochs each epoch's losses; none of a model that was trained elsewhere
 */
export function plotPretrainingLosses(epochs: readonly (readonly DomainLoss[])[]): string {
  const rows = epochs.flatMap((losses, epoch) => losses.map((loss) => ({ ...loss, epoch })));
  if (rows.length === 0) {
    const marks = [Plot.text(["Trained elsewhere: its losses are not known."], { frameAnchor: "middle" })];
    return besideEachOther([plotSvg({ width: twoColumns / 2, height: 80, axis: null, marks })]);
  }
  const tasks = Map.groupBy(rows, ({ task }) => task);
  const last = Math.max(1, epochs.length - 1);
  return besideEachOther([...tasks].map(([task, own]) => {
    const domains = [...Map.groupBy(own, ({ domain }) => domain)];
    return plotSvg({
      width: twoColumns / 2,
      height: 300,
      marginLeft: 55,
      x: { label: "Epoch", domain: [0, last], ticks: Math.min(last, 8) },
      y: { label: labels[task] ?? task, grid: true, nice: true },
      marks: [
        ...domains.flatMap(([, points], index) => [
          Plot.line(points, { x: "epoch", y: "loss", ...seriesLine(index) }),
          Plot.dot(points, { x: "epoch", y: "loss", fill: seriesColour(index), r: 2.5 }),
        ]),
        legend(domains.map(([domain]) => domain), "top right"),
      ],
    });
  }));
}
