import * as Plot from "@observablehq/plot";
import { besideEachOther, plotSvg, seriesDot, seriesLine, twoColumns } from "../drawing/plot.ts";
import { namesPanel } from "./series_names.ts";

/** What one model's training has gone through so far. */
export interface LearningCurve {
  model: string;
  epochs: {
    /** Counted from 0. */
    epoch: number;
    /** Mean training loss of the epoch. */
    loss: number;
    /** NDCG@10 on the validation targets after the epoch; null where it was not measured. */
    ndcg: number | null;
  }[];
}

const marginLeft = 55;

/** Draws training loss and validation NDCG@10 by epoch, one line per model, next to each other. */
export function plotLearningCurves(curves: LearningCurve[]): string {
  return besideEachOther([
    namesPanel(
      curves.map(({ model }, index) => ({ name: model, index })),
      { width: twoColumns, marginLeft, marginRight: 20 },
    ),
    panel(curves, "loss", "Training loss"),
    panel(curves, "ndcg", "Validation NDCG@10"),
  ]);
}

function panel(curves: LearningCurve[], measure: "loss" | "ndcg", label: string): string {
  const lastEpoch = Math.max(1, ...curves.map(({ epochs }) => epochs.length - 1));
  const levels = new Set(curves.flatMap(({ epochs }) => epochs.flatMap((epoch) => epoch[measure] ?? [])));
  return plotSvg({
    width: twoColumns / 2,
    height: 300,
    marginLeft,
    // ticks at whole epochs only, also while there are few
    x: { label: "Epoch", domain: [0, lastEpoch], ticks: Math.min(lastEpoch, 8) },
    // a single value is no range: its tick would be the value itself, with all its digits
    y: { label, grid: true, nice: true, zero: levels.size < 2 },
    marks: curves.flatMap(({ epochs }, index) => {
      const measured = epochs.filter((epoch) => epoch[measure] !== null);
      return [
        Plot.line(measured, { x: "epoch", y: measure, ...seriesLine(index) }),
        Plot.dot(measured, { ...seriesDot(index), x: "epoch", y: measure, r: 2 }),
      ] as Plot.Markish[];
    }),
  });
}
