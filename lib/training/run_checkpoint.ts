import * as v from "valibot";
import { CheckpointError } from "../errors.ts";
import type { Arrays } from "../engine/array_spec.ts";
import { type Checkpoint, loadCheckpoint, matchParameters, saveCheckpoint } from "../files/checkpoint.ts";
import type { EarlyStopping } from "./early_stopping.ts";
import { isRecord, type JsonObject, type JsonValue } from "../json.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import type { SavedTensor } from "../files/safetensors.ts";
import { exactly, finiteNumber, jsonObject, nonNegative, parse, recordOf, wholeNumber } from "../schema.ts";
import type { TrainingState } from "./trainer.ts";

/** How far an epoch has come. */
export type EpochPosition = {
  /** The generator's state before the epoch's batches were made. */
  readonly startState: readonly number[];
  readonly batches: number;
  readonly instances: number;
  /** Each loss times its batch's instances, summed over the batches. */
  readonly sums: Readonly<Record<string, number>>;
  /** Seconds of training. */
  readonly seconds: number;
};

/** Where a run stands: everything it needs to go on. */
export interface RunPosition {
  /** The last epoch that was finished; −1 in the first. */
  epoch: number;
  /** How far the epoch after it has come, or null at its start. */
  within: EpochPosition | null;
  generatorState: readonly number[];
  stopping: EarlyStopping;
  /** The parameters after the best epoch; none in the first. */
  best: Arrays;
  training: TrainingState;
}

/** The four 32-bit integers of the generator; from zeros it draws nothing but zeros. */
const generatorState = v.pipe(
  v.array(v.pipe(v.number("an integer"), v.integer("an integer"))),
  v.check((state) => state.length === 4 && state.some(Boolean), "four integers that are not all 0"),
);

/** What a checkpoint holds beside its tensors. */
const stateSchema = exactly({
  config: jsonObject,
  epoch: wholeNumber(-1),
  within: v.nullable(exactly({
    startState: generatorState,
    batches: wholeNumber(),
    instances: wholeNumber(),
    sums: recordOf(finiteNumber),
    seconds: nonNegative,
  })),
  step: wholeNumber(),
  generatorState,
  stopping: exactly({
    best: v.nullable(exactly({ epoch: wholeNumber(), metric: finiteNumber })),
    epochsWithoutImprovement: wholeNumber(),
  }),
});

/** The parts of a checkpoint's tensors, as prefixes of their names. */
const parts = { parameters: "parameters/", first: "adam/first/", second: "adam/second/", best: "best/" };

/** Returns a position's arrays under their names in the checkpoint. */
function arraysOf(training: TrainingState, best: Arrays): Arrays {
  const arrays: Arrays = {};
  for (const [part, prefix] of Object.entries(parts)) {
    const given = part === "best" ? best : training[part as "parameters"];
    for (const [name, values] of Object.entries(given)) arrays[prefix + name] = values;
  }
  return arrays;
}

/** Returns the shape of a checkpoint's tensor from the parameter that it belongs to. */
function shapeOf(name: string, specs: ParameterSpecs): number[] {
  const prefix = Object.values(parts).find((part) => name.startsWith(part))!;
  return [...specs[name.slice(prefix.length)].shape];
}

/** Saves a run's position as its folder's checkpoint. */
export async function saveRun(
  folder: string,
  specs: ParameterSpecs,
  { epoch, within, generatorState, stopping, best, training }: RunPosition,
  config: JsonObject,
): Promise<void> {
  const tensors = Object.entries(arraysOf(training, best)).map((
    [name, values],
  ): [string, SavedTensor] => [name, { shape: shapeOf(name, specs), values }]);
  await saveCheckpoint(folder, {
    state: { config, epoch, within, step: training.step, generatorState: [...generatorState], stopping },
    tensors: Object.fromEntries(tensors),
  });
}

/**
 * Loads the position of a folder's run, or returns null if there is none yet.
 *
 * @param specs the model's parameters
 * @param current a state of the run to be continued, for its names
 * @param config must be that of the saved run
 * @throws {CheckpointError} if the checkpoint is of another run; every difference is named and nothing is loaded
 */
export async function loadRun(
  folder: string,
  specs: ParameterSpecs,
  current: TrainingState,
  config: JsonObject,
): Promise<RunPosition | null> {
  const checkpoint = await loadCheckpoint(folder);
  if (!checkpoint) return null;
  checkConfig(folder, checkpoint, config);
  const { epoch, within, step, generatorState, stopping } = parse(
    stateSchema,
    checkpoint.state,
    `${folder}, state of the checkpoint`,
    "The checkpoint was changed by something else: remove the folder to start anew.",
    CheckpointError,
  );
  const names = Object.keys(arraysOf(current, stopping.best ? current.parameters : {}));
  const expected = Object.fromEntries(names.map((name) => [name, shapeOf(name, specs)]));
  matchParameters(expected, checkpoint.tensors, folder);
  const arrays = (prefix: string): Arrays =>
    Object.fromEntries(
      Object.entries(checkpoint.tensors).filter(([name]) => name.startsWith(prefix))
        .map(([name, { values }]) => [name.slice(prefix.length), values]),
    );
  return {
    epoch,
    within,
    generatorState,
    stopping,
    best: arrays(parts.best),
    training: {
      step,
      parameters: arrays(parts.parameters),
      first: arrays(parts.first),
      second: arrays(parts.second),
    },
  };
}

function checkConfig(folder: string, { state }: Checkpoint, config: JsonObject) {
  const saved = (isRecord(state.config) ? state.config : {}) as Record<string, JsonValue>;
  const differences = [...new Set([...Object.keys(saved), ...Object.keys(config)])]
    .map((name) => ({ name, saved: JSON.stringify(saved[name]), wanted: JSON.stringify(config[name]) }))
    .filter((entry) => entry.saved !== entry.wanted);
  if (differences.length === 0) return;
  throw new CheckpointError({
    where: folder,
    expected: `a run with ${differences.map(({ name, wanted }) => `${name} ${wanted}`).join(", ")}`,
    found: differences.map(({ name, saved }) => `${name} ${saved}`).join(", "),
    advice: "Use another folder for another run, or remove this one to start anew.",
  });
}
