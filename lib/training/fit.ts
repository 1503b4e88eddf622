import { CheckpointError } from "../errors.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { Held } from "../engine/held_array.ts";
import { createGenerator, type Generator, restoreGenerator } from "../random.ts";
import {
  type EarlyStopping,
  isBestWithin,
  isExhausted,
  notYetTrained,
  observe,
  replayStopping,
  type StoppingLimits,
} from "./early_stopping.ts";
import type { JsonObject } from "../json.ts";
import { epochSchema } from "./epoch_schema.ts";
import { lockRun } from "../files/run_lock.ts";
import { appendToLog, resumeLog } from "../files/run_log.ts";
import { type EpochPosition, loadRun, type RunPosition, saveRun } from "./run_checkpoint.ts";
import type { Trainer, TrainingState } from "./trainer.ts";
import { makeFolder } from "../write_file.ts";

/** What was measured in one epoch. */
export type EpochRecord = {
  readonly epoch: number;
  /** The epoch's mean of the training loss over all instances. */
  readonly loss: number;
  /** The means of what the loss consists of, by name; empty for a loss of one part. */
  readonly parts: Readonly<Record<string, number>>;
  /** The validation metric after the epoch; null where there is nothing to measure but the loss. */
  readonly metric: number | null;
  readonly instances: number;
  /** Seconds of training, without validation. */
  readonly seconds: number;
  readonly validationSeconds: number;
};

/** One step's input, and how many predictions it holds. */
export interface TrainingBatch {
  /** Makes the input; what is left to chance in it is drawn from the generator. It is used before the next is made. */
  arrays(generator: Generator): Arrays;
  /** Predictions that are trained in it. */
  instances: number;
}

/** How far an epoch has come. */
export interface StepProgress {
  /** Counted from 0. */
  epoch: number;
  /** Counted from 1. */
  batch: number;
  /** The epoch's mean loss so far. */
  loss: number;
  /** Instances of the epoch so far, and in all. */
  instances: number;
  /** Predictions in the whole epoch. */
  epochInstances: number;
}

/** How far a search over settings has come. */
export interface SearchProgress {
  /** What is searched, in the plural. */
  what: string;
  /** How many were tried. */
  done: number;
  /** How many there are to try. */
  total: number;
  /** The best validation metric so far. */
  best: number;
}

/** Is told how training comes on, to show it. */
export interface FitObserver {
  /** Called if another process is training the same run: this one goes on when that one has ended. */
  waiting?(): void;
  /** Called while settings are searched, by systems that are not trained in epochs. */
  search?(progress: SearchProgress): void | Promise<void>;
  /** Called after every step, with where the epoch stands. */
  step?(progress: StepProgress): void;
  /** Asked after every step whether the process is to end: a checkpoint is then kept, and `TrainingEnded` thrown. */
  isEnding?(): boolean;
  /** Called after every epoch with all epochs so far. */
  epoch?(curve: readonly EpochRecord[], stopping: EarlyStopping): void | Promise<void>;
}

/** Thrown by a training that was told to end: it goes on from its checkpoint when it is begun again. */
export class TrainingEnded extends Error {
  /** The class's own name. */
  override name = "TrainingEnded";
}

/** How a model is trained. */
export interface FitOptions extends StoppingLimits {
  /** Makes an epoch's batches in an order drawn from the generator. */
  batches(generator: Generator): TrainingBatch[];
  /**
   * Measures the parameters on held-out data; larger is better, such as NDCG@10. Null where there is nothing to measure
   * but the training loss: the epoch with the least is then the best.
   */
  validate: ((parameters: Held) => Promise<number>) | null;
  learningRate: number;
  seed: number;
  /** Where the checkpoint and the log are kept, or null for none. */
  folder: string | null;
  /** A checkpoint is also kept within an epoch when this many minutes have passed since the last one. */
  checkpointMinutes?: number;
  /** What makes this run differ from others; a checkpoint of another run is not continued. */
  config: JsonObject;
  observer?: FitObserver;
}

/** What came out of training. */
export interface FitResult {
  /** The parameters after the best epoch. */
  parameters: Arrays;
  /** The epoch whose parameters are kept, from 0, and what it reached. */
  best: { epoch: number; metric: number | null };
  /** What was measured in each epoch. */
  curve: EpochRecord[];
}

/** Returns what early stopping goes by, epoch by epoch: the larger, the better. */
export function stoppingScores(curve: readonly Pick<EpochRecord, "metric" | "loss">[]): number[] {
  return curve.map(({ metric, loss }) => metric ?? -loss);
}

/**
 * Trains until the validation metric has not improved for `patience` epochs, and returns the best parameters.
 *
 * With a folder, a checkpoint is kept after every epoch, or more often, and `log.jsonl` holds one line per epoch: a run
 * that was killed goes on from there, and ends with the same bits as one that was not. A run that is kept can be
 * prolonged with higher limits; with lower ones it returns what they would have given, if its best epoch lies within.
 * Two processes with one folder take turns.
 *
 * @throws {EngineError} if a loss or metric is not finite; the last checkpoint stays
 * @throws {TrainingEnded} if the observer says that the process is to end, after a checkpoint
 * @throws {CheckpointError} if the folder holds another run's checkpoint, or one whose best epoch is beyond the limits
 */
export async function fit(trainer: Trainer, options: FitOptions): Promise<FitResult> {
  const { folder, observer } = options;
  if (folder !== null) await makeFolder(folder);
  using _lock = folder === null ? null : await lockRun(folder, observer?.waiting);
  const saved = folder === null
    ? null
    : await loadRun(folder, trainer.specs, await trainer.readState(), options.config);
  const curve = folder === null
    ? []
    : await resumeLog(`${folder}/log.jsonl`, saved?.epoch ?? -1, epochSchema);
  checkLog(curve, saved, folder);
  let generator = createGenerator(options.seed);
  let stopping: EarlyStopping = notYetTrained;
  let best: Arrays = {};
  let within: EpochPosition | null = null;
  if (saved) {
    checkLimits(curve, options);
    await trainer.restore(saved.training);
    generator = restoreGenerator(saved.generatorState);
    ({ best, within } = saved);
    const replayed = replayStopping(stoppingScores(curve), options);
    stopping = replayed.stopping;
    curve.splice(replayed.epochs); // of a run that went further than it may now
    if (curve.length > 0) await observer?.epoch?.(curve, stopping);
  }
  const save = async (within: EpochPosition | null, training: TrainingState) => {
    if (folder === null) return;
    const generatorState = generator.getState();
    const position = {
      epoch: curve.length - 1,
      within,
      generatorState,
      stopping,
      best,
      training,
    };
    await saveRun(folder, trainer.specs, position, options.config);
  };
  while (curve.length < options.epochs && !isExhausted(stopping, options.patience)) {
    const epoch = curve.length;
    const { sums, instances, seconds } = await trainEpoch(
      trainer,
      options,
      epoch,
      generator,
      within,
      async (within) => await save(within, await trainer.readState()),
    );
    within = null;
    const start = performance.now();
    const { loss, ...parts } = mapValues(sums, (sum) => sum / instances);
    const metric = options.validate && await options.validate(trainer.parameters);
    stopping = observe(stopping, epoch, stoppingScores([{ metric, loss }])[0]);
    const training = await trainer.readState();
    if (stopping.best?.epoch === epoch) best = training.parameters;
    const validationSeconds = (performance.now() - start) / 1000;
    const record: EpochRecord = { epoch, loss, parts, metric, instances, seconds, validationSeconds };
    curve.push(record);
    if (folder !== null) await appendToLog(`${folder}/log.jsonl`, record);
    await save(null, training);
    await observer?.epoch?.(curve, stopping);
  }
  const epoch = stopping.best?.epoch ?? -1;
  return { parameters: best, best: { epoch, metric: curve[epoch]?.metric ?? null }, curve };
}

/**
 * Takes an epoch's steps, from where a checkpoint was kept within it, and returns the sums over its instances.
 *
 * @param generator as it was where the epoch goes on
 * @param within where that is, or null for the start
 */
async function trainEpoch(
  trainer: Trainer,
  { batches: makeBatches, learningRate, checkpointMinutes = Infinity, observer }: FitOptions,
  epoch: number,
  generator: Generator,
  within: EpochPosition | null,
  save: (within: EpochPosition) => Promise<void>,
): Promise<EpochPosition> {
  let position = within ??
    { startState: [...generator.getState()], batches: 0, instances: 0, sums: {}, seconds: 0 };
  // an epoch that goes on has the batches that it began with
  const batches = makeBatches(within ? restoreGenerator(within.startState) : generator);
  const epochInstances = batches.reduce((total, batch) => total + batch.instances, 0);
  let lastSave = performance.now();
  for (const batch of batches.slice(position.batches)) {
    const start = performance.now();
    const losses = await trainer.step(batch.arrays(generator), learningRate, generator);
    const { sums, ...before } = position;
    position = {
      ...before,
      batches: before.batches + 1,
      instances: before.instances + batch.instances,
      sums: mapValues(losses, (loss, name) => (sums[name] ?? 0) + loss * batch.instances),
      seconds: before.seconds + (performance.now() - start) / 1000,
    };
    const isEnding = observer?.isEnding?.() ?? false;
    const isDue = performance.now() - lastSave >= checkpointMinutes * 60_000;
    if (isEnding || isDue && position.batches < batches.length) {
      await save(position);
      lastSave = performance.now();
    }
    if (isEnding) throw new TrainingEnded(`told to end in epoch ${epoch}`);
    const loss = position.sums.loss / position.instances;
    observer?.step?.({ epoch, batch: position.batches, loss, instances: position.instances, epochInstances });
  }
  return position;
}

function mapValues(values: Record<string, number>, change: (value: number, name: string) => number) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}

function checkLimits(curve: readonly EpochRecord[], { folder, epochs, patience }: FitOptions) {
  if (isBestWithin(stoppingScores(curve), { epochs, patience })) return;
  throw new CheckpointError({
    where: `${folder}`,
    expected: `a run whose best epoch comes within ${epochs} epochs and a patience of ${patience}`,
    found: `a run of ${curve.length} epochs with a later one`,
    advice: "Raise epochs and patience, or choose another folder.",
  });
}

function checkLog(curve: EpochRecord[], saved: RunPosition | null, folder: string | null) {
  if (curve.length === (saved ? saved.epoch + 1 : 0)) return;
  throw new CheckpointError({
    where: `${folder}/log.jsonl`,
    expected: `${saved ? saved.epoch + 1 : 0} epochs, as the checkpoint beside it holds`,
    found: String(curve.length),
    advice: "Restore the file, or remove the folder to start anew.",
  });
}
