import { countOf } from "../../count_of.ts";
import { plotLearningCurves } from "../../figures/plots/learning_curves.ts";
import type { EarlyStopping } from "../../training/early_stopping.ts";
import type { EpochRecord, FitObserver } from "../../training/fit.ts";
import { describeBest, lastEpoch } from "./describe_fit.ts";
import { createLiveFigure } from "./display.ts";
import { createProgress } from "./progress.ts";

/** Models that are trained one after the other, with their curves. */
export interface TrainingWatch {
  /**
   * Returns what shows the training of a model: speed, loss, the best metric, the time left, and its curve.
   *
   * @param model its name; one that begins with `Pre-training` is drawn with others of this kind
   */
  observe(model: string, limits: { epochs: number; patience: number }): FitObserver;
  /** The epochs of every model so far. */
  curves: Record<string, readonly EpochRecord[]>;
}

const isPretraining = (model: string) => model.startsWith("Pre-training");

/**
 * Shows how models are trained: in a notebook as a line per model and a live figure of all curves, in a terminal as a
 * line per model. Pre-training has a figure of its own, as its losses may be a thousand times those on the target.
 */
export function watchTraining(): TrainingWatch {
  const curves: Record<string, readonly EpochRecord[]> = {};
  const showPretraining = createLiveFigure(curvesFigure);
  const showTraining = createLiveFigure(curvesFigure);
  const showCurvesLike = (model: string) => {
    const alike = Object.entries(curves).filter(([name]) => isPretraining(name) === isPretraining(model));
    return (isPretraining(model) ? showPretraining : showTraining)(Object.fromEntries(alike));
  };

  function observe(model: string, { epochs, patience }: { epochs: number; patience: number }): FitObserver {
    const progress = createProgress({ title: model, total: 1, unit: "instances" });
    let stopping: EarlyStopping | null = null;
    let best = "";
    let resumedAt: number | null = null;
    return {
      waiting() {
        console.log(`${model}: another process is training the same; this one goes on when that has ended`);
      },
      step({ epoch, loss, instances, epochInstances }) {
        resumedAt ??= epoch;
        progress.update(
          (epoch - resumedAt) * epochInstances + instances,
          `epoch ${epoch}, loss ${loss.toFixed(3)}${best}`,
          (lastEpoch(epoch, epochs, patience, stopping) - resumedAt) * epochInstances,
        );
      },
      async epoch(curve, current) {
        stopping = current;
        best = describeBest(curve, current);
        curves[model] = curve;
        await showCurvesLike(model);
        const isOver = curve.length >= epochs || current.epochsWithoutImprovement >= patience;
        const isFound = resumedAt === null; // nothing was trained yet, and yet there are epochs
        if (isOver) {
          const summary = `${countOf(curve.length, "epoch")}${best}, ${describeSpeed(curve)}`;
          await progress.done(isFound ? `found, not trained again: ${summary}` : summary);
        } else if (isFound) {
          console.log(`${model}: goes on after ${countOf(curve.length, "epoch")}${best}`);
        }
      },
    };
  }
  return { observe, curves };
}

/** Draws the loss and the validation NDCG@10 of several models by epoch. */
export function curvesFigure(curves: Record<string, readonly EpochRecord[]>): string {
  return plotLearningCurves(
    Object.entries(curves).map(([model, records]) => ({
      model,
      epochs: records.map(({ epoch, loss, metric }) => ({ epoch, loss, ndcg: metric })),
    })),
  );
}

function describeSpeed(curve: readonly EpochRecord[]): string {
  const instances = curve.reduce((sum, epoch) => sum + epoch.instances, 0);
  const seconds = curve.reduce((sum, epoch) => sum + epoch.seconds, 0);
  return `${Math.round(instances / seconds).toLocaleString("en-GB")} instances/s in training`;
}
