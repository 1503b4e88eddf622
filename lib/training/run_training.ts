import type { Arrays } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import type { JsonObject } from "../json.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import { isBestWithin, type StoppingLimits } from "./early_stopping.ts";
import { epochSchema } from "./epoch_schema.ts";
import { fit, type FitObserver, type FitOptions, type FitResult, stoppingScores } from "./fit.ts";
import type { Objective } from "./objective.ts";
import { readLog } from "../files/run_log.ts";
import { checkMemory } from "./memory_estimate.ts";
import { trainableNames } from "./step.ts";
import { createTrainer, initialState } from "./trainer.ts";
import { runName } from "./run_config.ts";

/** What is trained. */
export interface TrainingRun extends Objective {
  parameters: ParameterSpecs;
  /** The parameters before the first step. */
  start: Arrays;
  /** Prefixes of the names of parameters that stay as they are. */
  frozen?: readonly string[];
  validate: FitOptions["validate"];
  /** Everything that two runs must have in common for one to continue the other. */
  config: JsonObject;
}

/** How long it is trained, and where the run is kept. */
export interface TrainingLimits extends StoppingLimits {
  learningRate: number;
  seed: number;
  runs: string | null;
  checkpointMinutes?: number;
  observer?: FitObserver;
}

/** Trains, in the folder of runs under the name that the run's configuration gives it. */
export async function runTraining(
  engine: Engine,
  { inputs, constants, loss, batches, parameters, start, frozen, validate, config }: TrainingRun,
  { runs, ...limits }: TrainingLimits,
): Promise<FitResult> {
  checkMemory(parameters, trainableNames(parameters, frozen), inputs);
  const trainer = await createTrainer(
    engine,
    { loss, parameters, frozen, inputs, constants },
    initialState(parameters, start, frozen),
  );
  try {
    const folder = runs === null ? null : await folderOfRun(`${runs}/${runName(config)}`, limits);
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
