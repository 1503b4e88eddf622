import { EngineError } from "../errors.ts";
import { allocate, type Arrays, type ArraySpec } from "../engine/array_spec.ts";
import { type Held, releaseAll } from "../engine/held_array.ts";
import { drawNoise } from "../engine/noise.ts";
import type { Engine } from "../engine/program.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import type { Generator } from "../random.ts";
import { adamScalars } from "./adam.ts";
import {
  hasItemRows,
  type Loss,
  rowsOf,
  stepInputs,
  stepNames,
  trainableNames,
  trainingStep,
} from "./step.ts";

/** All that training changes: what a checkpoint has to hold beside the generator's state. */
export interface TrainingState {
  /** Steps taken so far. */
  step: number;
  /** Every parameter, by name. */
  parameters: Arrays;
  /** Adam's decayed sums of the trainable parameters, by name. */
  first: Arrays;
  second: Arrays;
}

/** What a trainer is made of. */
export interface TrainerOptions {
  loss: Loss;
  parameters: ParameterSpecs;
  /** Prefixes of the names of parameters that stay as they are. */
  frozen?: readonly string[];
  /** The arrays that a step reads beside the state. */
  inputs: Record<string, ArraySpec>;
  /** Those of them that are the same in every step. */
  constants?: Arrays;
  /** The one of them that lists the items that a step knows, each once; all if left out. */
  known?: string;
}

/** Takes training steps with a compiled program; its state lies where the program computes. */
export interface Trainer {
  readonly specs: ParameterSpecs;
  /** The parameters after the last step, where they lie: they are there until the next one. */
  readonly parameters: Held;
  /** Returns a copy of the state after the last step. */
  readState(): Promise<TrainingState>;
  /** Goes on from another state, for example a checkpoint's; its arrays must not change afterwards. */
  restore(state: TrainingState): Promise<void>;
  /**
   * Takes one step and returns the losses.
   *
   * @param arrays the inputs named in the options, but for the constants
   * @throws {EngineError} if a loss is not finite; the state is then still the one before the step
   */
  step(arrays: Arrays, learningRate: number, generator: Generator): Promise<Record<string, number>>;
  release(): Promise<void>;
}

/** Returns the state before the first step. */
export function initialState(
  specs: ParameterSpecs,
  parameters: Arrays,
  frozen: readonly string[] = [],
): TrainingState {
  const zeros = () =>
    Object.fromEntries(
      trainableNames(specs, frozen).map((
        name,
      ) => [name, allocate({ shape: specs[name].shape, type: "float32" })]),
    );
  return { step: 0, parameters, first: zeros(), second: zeros() };
}

/** Where a state's arrays go in a step: kind by kind, each parameter's under a name of its own. */
const kinds = { parameters: stepNames.parameter, first: stepNames.first, second: stepNames.second };
const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];

/** Returns the names that a parameter's arrays have in a step. */
function namesIn(parameter: string): string[] {
  return kindNames.map((kind) => kinds[kind](parameter));
}

/** Returns a state's arrays under their names in a step. */
function stepArrays(state: Pick<TrainingState, keyof typeof kinds>): Arrays {
  return Object.assign(
    {},
    ...kindNames.map((kind) =>
      Object.fromEntries(Object.entries(state[kind]).map(([name, array]) => [kinds[kind](name), array]))
    ),
  );
}

/** Compiles a training step and returns what runs it. */
export async function createTrainer(
  engine: Engine,
  { loss, parameters: specs, frozen = [], inputs, constants = {}, known }: TrainerOptions,
  start: TrainingState,
): Promise<Trainer> {
  const names = Object.keys(specs);
  const trainable = trainableNames(specs, frozen);
  const programInputs = stepInputs(specs, trainable, inputs);
  const changing = kindNames.flatMap((kind) => trainable.map(kinds[kind]));
  const changedByRows = trainable.filter((name) => known !== undefined && hasItemRows(specs[name]));
  const program = await engine.compileHolding(
    trainingStep(loss, specs, trainable, known),
    programInputs,
    changing,
  );
  const unchanging = await engine.hold(constants, inputs);
  let step = start.step;
  let state = await holdState(start);

  /** Arrays whose rows will be written are copied: the given ones may be others'. */
  function holdState(given: TrainingState): Promise<Held> {
    const arrays = stepArrays(given);
    for (const name of changedByRows.flatMap(namesIn)) arrays[name] = arrays[name].slice();
    return engine.hold(arrays, programInputs);
  }

  /** Puts the rows that a step returned into their arrays. */
  async function writeRows(held: Held, list: Int32Array): Promise<void> {
    for (const parameter of changedByRows) {
      const rows = rowsOf(specs[parameter], list);
      for (const name of namesIn(parameter)) {
        const written = await engine.writeRows(state[name], rows, held[name]);
        held[name].release();
        held[name] = written;
      }
    }
  }

  function pick(kind: keyof typeof kinds, of: readonly string[]): Held {
    return Object.fromEntries(of.map((name) => [name, state[kinds[kind](name)]]));
  }

  async function readState(): Promise<TrainingState> {
    return {
      step,
      parameters: await engine.read(pick("parameters", names)),
      first: await engine.read(pick("first", trainable)),
      second: await engine.read(pick("second", trainable)),
    };
  }

  return {
    specs,
    get parameters() {
      return pick("parameters", names);
    },
    readState,
    async restore(other) {
      releaseAll(state);
      step = other.step;
      state = await holdState(other);
    },
    async step(arrays, learningRate, generator) {
      const scalars = adamScalars(learningRate, step + 1);
      const { arrays: losses, held } = await program.run({
        ...state,
        ...unchanging,
        ...arrays,
        ...drawNoise(program.noise, generator),
        [stepNames.stepSize]: Float32Array.of(scalars.stepSize),
        [stepNames.epsilon]: Float32Array.of(scalars.epsilon),
      });
      const values = Object.fromEntries(Object.entries(losses).map(([name, [value]]) => [name, value]));
      if (!Object.values(values).every(Number.isFinite)) {
        releaseAll(held);
        throw notFinite(values, step + 1, { ...arrays, ...constants, ...stepArrays(await readState()) });
      }
      if (known !== undefined) await writeRows(held, arrays[known] as Int32Array);
      for (const name of changing) if (state[name] !== held[name]) state[name].release();
      state = { ...state, ...held };
      step++;
      return values;
    },
    async release() {
      releaseAll({ ...state, ...unchanging });
      await program.release();
    },
  };
}

/**
 * Returns the error for losses that are not finite, which names the array that is the cause if one was given that is
 * not finite either.
 *
 * @param given what the step was computed from
 */
function notFinite(losses: Record<string, number>, step: number, given: Arrays): EngineError {
  // the parts before their sum: they tell which task it is
  const { loss, ...parts } = losses;
  const [name, value] = Object.entries({ ...parts, loss }).find(([, value]) => !Number.isFinite(value))!;
  const cause = Object.keys(given).find((array) => !given[array].every(Number.isFinite));
  return new EngineError({
    where: `${name} at step ${step}`,
    expected: "a finite number",
    found: cause ? `${value}, and ${cause} is not finite either` : `${value}, from finite numbers`,
    advice:
      "Lower the learning rate, or look for extreme values in the features; the last checkpoint is kept.",
  });
}
