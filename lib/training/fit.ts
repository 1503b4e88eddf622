import { CheckpointError } from "../errors.ts";
import type { Arrays } from "../engine/array_spec.ts";
import { createGenerator, type Generator, restoreGenerator } from "../random.ts";
import { type EarlyStopping, isExhausted, notYetTrained, observe } from "./early_stopping.ts";
import type { JsonObject } from "../json.ts";
import { appendToLog, resumeLog } from "./run_log.ts";
import { loadRun, type RunPosition, saveRun } from "./run_checkpoint.ts";
import type { Trainer } from "./trainer.ts";

/** What was measured in one epoch. */
export type EpochRecord = {
  readonly epoch: number;
  /** The epoch's mean of the training loss over all instances. */
  readonly loss: number;
  /** The validation metric after the epoch. */
  readonly metric: number;
  readonly instances: number;
  /** Seconds of training, without validation. */
  readonly seconds: number;
  readonly validationSeconds: number;
};

/** One step's input, and how many predictions it holds. */
export interface TrainingBatch {
  arrays: Arrays;
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
  epochInstances: number;
}

/** Is told how training comes on, to show it. */
export interface FitObserver {
  /** Called after every step, with where the epoch stands. */
  step?(progress: StepProgress): void;
  /** Called after every epoch with all epochs so far. */
  epoch?(curve: readonly EpochRecord[], stopping: EarlyStopping): void | Promise<void>;
}

/** How a model is trained. */
export interface FitOptions {
  /** Makes an epoch's batches in an order drawn from the generator. */
  batches(generator: Generator): TrainingBatch[];
  /** Measures the parameters on held-out data; larger is better, such as NDCG@10. */
  validate(parameters: Arrays): Promise<number>;
  learningRate: number;
  seed: number;
  /** The most epochs. */
  epochs: number;
  /** Training ends after this many epochs without a better metric. */
  patience: number;
  /** Where the checkpoint and the log are kept, or null for none. */
  folder: string | null;
  /** What makes this run differ from others; a checkpoint of another run is not continued. */
  config: JsonObject;
  observer?: FitObserver;
}

/** What came out of training. */
export interface FitResult {
  /** The parameters after the best epoch. */
  parameters: Arrays;
  best: { epoch: number; metric: number };
  curve: EpochRecord[];
}

/**
 * Trains until the validation metric has not improved for `patience` epochs, and returns the best parameters.
 *
 * With a folder, a checkpoint is kept after every epoch and `log.jsonl` holds one line per epoch: a run that was
 * killed goes on from there, and ends with the same bits as one that was not.
 *
 * @throws {EngineError} if a loss or metric is not finite; the last checkpoint stays
 * @throws {CheckpointError} if the folder holds another run's checkpoint
 */
export async function fit(trainer: Trainer, options: FitOptions): Promise<FitResult> {
  const { folder, learningRate, observer } = options;
  if (folder !== null) await Deno.mkdir(folder, { recursive: true });
  const saved = folder === null ? null : await loadRun(folder, trainer.specs, trainer.state, options.config);
  const curve = folder === null
    ? []
    : await resumeLog(`${folder}/log.jsonl`, saved?.epoch ?? -1) as EpochRecord[];
  checkLog(curve, saved, folder);
  let generator = createGenerator(options.seed);
  let stopping: EarlyStopping = notYetTrained;
  let best: Arrays = {};
  if (saved) {
    trainer.restore(saved.training);
    generator = restoreGenerator(saved.generatorState);
    ({ stopping, best } = saved);
    await observer?.epoch?.(curve, stopping);
  }
  for (
    let epoch = curve.length;
    epoch < options.epochs && !isExhausted(stopping, options.patience);
    epoch++
  ) {
    const batches = options.batches(generator);
    const epochInstances = batches.reduce((total, batch) => total + batch.instances, 0);
    const start = performance.now();
    let sum = 0;
    let instances = 0;
    for (const [at, batch] of batches.entries()) {
      const { loss } = await trainer.step(batch.arrays, learningRate, generator);
      sum += loss * batch.instances;
      instances += batch.instances;
      observer?.step?.({ epoch, batch: at + 1, loss: sum / instances, instances, epochInstances });
    }
    const trained = performance.now();
    const metric = await options.validate(trainer.state.parameters);
    stopping = observe(stopping, epoch, metric);
    if (stopping.best?.epoch === epoch) best = copyOf(trainer.state.parameters);
    const record: EpochRecord = {
      epoch,
      loss: sum / instances,
      metric,
      instances,
      seconds: (trained - start) / 1000,
      validationSeconds: (performance.now() - trained) / 1000,
    };
    curve.push(record);
    if (folder !== null) {
      await appendToLog(`${folder}/log.jsonl`, record);
      const position = {
        epoch,
        generatorState: generator.getState(),
        stopping,
        best,
        training: trainer.state,
      };
      await saveRun(folder, trainer.specs, position, options.config);
    }
    await observer?.epoch?.(curve, stopping);
  }
  return { parameters: best, best: stopping.best ?? { epoch: -1, metric: 0 }, curve };
}

function copyOf(arrays: Arrays): Arrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, values.slice()]));
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
