import { fingerprint, fingerprintComputation, fingerprintText } from "../engine/fingerprint.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { JsonObject } from "../json.ts";
import { initialiseParameters, type ParameterSpecs } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import { checkMemory } from "./memory_estimate.ts";
import type { Negatives } from "./negatives.ts";
import type { Objective } from "./objective.ts";
import { stepInputs, trainableNames, trainingStep } from "./step.ts";

/** What is trained: with how it is trained (`RunSettings`), all that decides what comes out. */
export interface TrainingRun extends Objective {
  /** What people call it: the model, or the pre-training of one. */
  name: string;
  /** The data set; several are joined by "+". */
  dataset: string;
  /** Sizes of the model, weights of tasks, and whatever else people choose. */
  settings: JsonObject;
  /** All that batches are made from, as it lies in memory. */
  data: readonly ArrayBufferView[];
  /** Shape and starting value of each parameter, by name. */
  parameters: ParameterSpecs;
  /** Parameters that were trained before; the others start at random. */
  pretrained?: Arrays;
  /** Prefixes of the names of parameters that stay as they are. */
  frozen?: readonly string[];
}

/** The choices of training that change what comes out. */
export interface RunSettings {
  /** Adam's step size. */
  learningRate: number;
  /** Predictions per step. */
  batchSize: number;
  /** Where all random numbers begin. */
  seed: number;
}

/**
 * What makes a training itself: of two with the same identity, one may continue the other.
 *
 * Limits (epochs, patience) are no part of it, as more of them prolong a training; nor is where it runs and is kept, or
 * who watches.
 */
export interface RunIdentity {
  /** What was chosen, and fingerprints of what it was applied to. */
  settings: JsonObject & { readonly name: string; readonly dataset: string };
  /**
   * What the code makes of that: the fingerprint of the training step's graph, of the first batch that is made, and of
   * the random parameters that the seed gives. An edited model, loss or batch has another one, a refactored one has not.
   */
  code: string;
}

/** Returns the parameters before the first step. */
export function startingState({ parameters, pretrained }: TrainingRun, seed: number): Arrays {
  return { ...initialiseParameters(parameters, createGenerator(seed)), ...pretrained };
}

/** Returns the identity of a training: the one place where it is decided what makes a run. */
export async function identify(
  run: TrainingRun,
  { learningRate, batchSize, seed }: RunSettings,
): Promise<RunIdentity> {
  const { name, dataset, settings, data, parameters, pretrained = {}, frozen = [], constants = {} } = run;
  const trainable = trainableNames(parameters, frozen);
  checkMemory(parameters, trainable, run.inputs, run); // before any of them is made
  const step = await fingerprintComputation(
    trainingStep(run.loss, parameters, trainable, run.known),
    stepInputs(parameters, trainable, run.inputs),
  );
  const generator = createGenerator(seed);
  const [batch] = run.batches(generator);
  const code = [
    step,
    batch ? fingerprintArrays(batch.arrays(generator)) : "",
    fingerprintArrays(initialiseParameters(parameters, createGenerator(seed))),
  ];
  return {
    settings: {
      name,
      ...settings,
      dataset,
      data: fingerprint(...data, ...sorted(constants).map(([, array]) => array)),
      learningRate,
      batchSize,
      seed,
      frozen: [...frozen],
      start: Object.keys(pretrained).length > 0 ? fingerprintArrays(pretrained) : null,
    },
    code: fingerprintText(code.join()),
  };
}

/** Returns the name of a run's folder: readable, and another one for every other identity. */
export function runName({ settings, code }: RunIdentity): string {
  return `${settingsName(settings)}-${code.slice(0, 6)}`;
}

/** Returns the part of a run's name that is the same whatever its code. */
export function settingsName(settings: RunIdentity["settings"]): string {
  const readable = `${settings.dataset}-${settings.name}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${readable}-${fingerprintText(JSON.stringify(settings)).slice(0, 10)}`;
}

/** Returns how a training drew negatives, by the settings of its identity, its stages and parts; null if it took all items. */
export function negativesOf(settings: Readonly<Record<string, unknown>>): Negatives | null {
  if (settings.negatives) return settings.negatives as Negatives;
  const nested = [settings.stages, settings.parts].flatMap((list) => Array.isArray(list) ? list : []);
  return nested.map(negativesOf).find((negatives) => negatives !== null) ?? null;
}

function fingerprintArrays(arrays: Arrays): string {
  const entries = sorted(arrays);
  return fingerprintText(entries.map(([name, array]) => `${name} ${fingerprint(array)}`).join());
}

function sorted(arrays: Arrays) {
  return Object.entries(arrays).sort(([a], [b]) => a < b ? -1 : 1);
}
