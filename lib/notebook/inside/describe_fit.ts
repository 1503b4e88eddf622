import type { EarlyStopping } from "../../training/early_stopping.ts";
import type { EpochRecord, FitObserver } from "../../training/fit.ts";
import { formatDuration, formatRate } from "../pages/format.ts";

/**
 * Returns what is told of a training, and says after every step how it comes on: epoch, loss, the best metric, speed and the
 * time left.
 *
 * @param now the clock, in milliseconds
 */
export function describeFit(
  { epochs, patience }: { epochs: number; patience: number },
  say: (text: string) => void,
  now: () => number = () => performance.now(),
): FitObserver {
  const start = now();
  let stopping: EarlyStopping | null = null;
  let best = "";
  let first: { epoch: number; instances: number } | null = null;
  return {
    step({ epoch, loss, instances, epochInstances }) {
      first ??= { epoch, instances };
      const done = (epoch - first.epoch) * epochInstances + instances - first.instances;
      const total = (lastEpoch(epoch, epochs, patience, stopping) - first.epoch) * epochInstances -
        first.instances;
      const seconds = (now() - start) / 1000;
      const parts = [`epoch ${epoch}, loss ${loss.toFixed(3)}${best}`];
      if (done > 0 && seconds > 0) {
        parts.push(
          formatRate(done / seconds, "instances"),
          `${formatDuration(seconds * (total - done) / done)} left`,
        );
      }
      say(parts.join(", "));
    },
    epoch(curve, current) {
      stopping = current;
      best = describeBest(curve, current);
    },
  };
}

/** Returns the epoch before which a training ends unless its metric rises again. */
export function lastEpoch(
  epoch: number,
  epochs: number,
  patience: number,
  stopping: EarlyStopping | null,
): number {
  return Math.min(epochs, epoch + patience - (stopping?.epochsWithoutImprovement ?? 0));
}

/** Says what the best epoch reached, after a comma; nothing where there is no metric. */
export function describeBest(curve: readonly EpochRecord[], { best }: EarlyStopping): string {
  const ndcg = best && curve[best.epoch].metric;
  return best && ndcg !== null ? `, best NDCG@10 ${ndcg.toFixed(4)} after epoch ${best.epoch}` : "";
}
