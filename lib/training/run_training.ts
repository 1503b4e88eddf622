import type { Engine } from "../engine/program.ts";
import { readLog } from "../files/run_log.ts";
import { isBestWithin, type StoppingLimits } from "./early_stopping.ts";
import { epochSchema } from "./epoch_schema.ts";
import { fit, type FitObserver, type FitOptions, type FitResult, stoppingScores } from "./fit.ts";
import { checkMemory } from "./memory_estimate.ts";
import { identify, runName, type RunSettings, startingState, type TrainingRun } from "./run_identity.ts";
import { trainableNames } from "./step.ts";
import { createTrainer, initialState } from "./trainer.ts";

/** How something is trained, for how long, and where that is kept. */
export interface RunOptions extends RunSettings, StoppingLimits {
  /** The folder of runs, where each goes on when interrupted; null keeps none. */
  runs: string | null;
  /** How often a checkpoint is kept beside those after each epoch; never if left out. */
  checkpointMinutes?: number;
  /** Is told how it goes. */
  observer?: FitObserver;
}

/**
 * Trains, in the folder of runs under the name that the run's identity gives it.
 *
 * @throws {EngineError} if a loss or metric is not finite; the last checkpoint stays
 * @throws {CheckpointError} if what an earlier run left behind is damaged
 */
export async function runTraining(
  engine: Engine,
  run: TrainingRun & Pick<FitOptions, "validate">,
  { runs, batchSize, ...limits }: RunOptions,
): Promise<FitResult> {
  const { loss, inputs, constants, known, batches, parameters, frozen, validate } = run;
  checkMemory(parameters, trainableNames(parameters, frozen), inputs, run);
  const identity = runs === null ? null : await identify(run, { ...limits, batchSize });
  const folder = identity && await folderOfRun(`${runs}/${runName(identity)}`, limits);
  const config = identity ? { ...identity.settings, code: identity.code } : {};
  const trainer = await createTrainer(
    engine,
    { loss, parameters, frozen, inputs, constants, known },
    initialState(parameters, startingState(run, limits.seed), frozen),
  );
  try {
    return await fit(trainer, { ...limits, config, folder, batches, validate });
  } finally {
    await trainer.release();
  }
}

/**
 * Returns where a run is kept: in one folder whatever the limits, so that higher ones prolong it.
 *
 * Only the best epoch's parameters are kept. Where they come later than lower limits allow, those limits get a folder
 * of their own, and the run starts there anew.
 */
async function folderOfRun(folder: string, { epochs, patience }: StoppingLimits): Promise<string> {
  const curve = await readLog(`${folder}/log.jsonl`, epochSchema);
  if (isBestWithin(stoppingScores(curve), { epochs, patience })) return folder;
  return `${folder}-epochs-${epochs}-patience-${patience}`;
}
