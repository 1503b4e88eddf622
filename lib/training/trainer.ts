import { EngineError } from "../errors.ts";
import { allocate, type Arrays, type ArraySpec } from "../engine/array_spec.ts";
import { drawNoise } from "../engine/noise.ts";
import type { Engine } from "../engine/program.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import type { Generator } from "../random.ts";
import { adamScalars } from "./adam.ts";
import { type Loss, stepInputs, stepNames, trainableNames, trainingStep } from "./step.ts";

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
  /** The arrays that change from step to step, and those that do not. */
  inputs: Record<string, ArraySpec>;
}

/** Takes training steps with a compiled program; its state is its own until `state` is read. */
export interface Trainer {
  readonly specs: ParameterSpecs;
  /** The state after the last step. The arrays are overwritten two steps later: copy what has to stay. */
  readonly state: TrainingState;
  /** Goes on from another state, for example a checkpoint's. */
  restore(state: TrainingState): void;
  /**
   * Takes one step and returns the losses.
   *
   * @param arrays the inputs named in the options
   * @throws {EngineError} if a loss is not finite; the state is then still the one before the step
   */
  step(arrays: Arrays, learningRate: number, generator: Generator): Promise<Record<string, number>>;
  release(): Promise<void>;
}

/** Returns the state before the first step; the parameters are copied, as steps reuse the state's arrays. */
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
  const copies = Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, values.slice()]),
  );
  return { step: 0, parameters: copies, first: zeros(), second: zeros() };
}

/** Compiles a training step and returns what runs it. */
export async function createTrainer(
  engine: Engine,
  { loss, parameters: specs, frozen = [], inputs }: TrainerOptions,
  start: TrainingState,
): Promise<Trainer> {
  const trainable = trainableNames(specs, frozen);
  const program = await engine.compile(
    trainingStep(loss, specs, trainable),
    stepInputs(specs, trainable, inputs),
  );
  let state = start;
  // results are written here and become the state, whose arrays then take the next results
  let spare: Arrays = {};

  function stateArrays({ parameters, first, second }: TrainingState): Arrays {
    const arrays: Arrays = {};
    for (const name of Object.keys(specs)) arrays[stepNames.parameter(name)] = parameters[name];
    for (const name of trainable) {
      arrays[stepNames.first(name)] = first[name];
      arrays[stepNames.second(name)] = second[name];
    }
    return arrays;
  }

  function stateFrom(arrays: Arrays, step: number): TrainingState {
    const next: TrainingState = { step, parameters: { ...state.parameters }, first: {}, second: {} };
    for (const name of trainable) {
      next.parameters[name] = arrays[stepNames.parameter(name)];
      next.first[name] = arrays[stepNames.first(name)];
      next.second[name] = arrays[stepNames.second(name)];
    }
    return next;
  }

  return {
    specs,
    get state() {
      return state;
    },
    restore(other) {
      state = other;
      spare = {};
    },
    async step(arrays, learningRate, generator) {
      const scalars = adamScalars(learningRate, state.step + 1);
      const held = stateArrays(state);
      const results = await program.run({
        ...held,
        ...arrays,
        ...drawNoise(program.noise, generator),
        [stepNames.stepSize]: Float32Array.of(scalars.stepSize),
        [stepNames.epsilon]: Float32Array.of(scalars.epsilon),
      }, spare);
      const losses: Record<string, number> = {};
      for (const [name, spec] of Object.entries(program.outputs)) {
        if (spec.shape.length === 0) losses[name] = results[name][0];
      }
      checkFinite(losses, state.step + 1, { ...arrays, ...held });
      state = stateFrom(results, state.step + 1);
      spare = Object.fromEntries(
        trainable.flatMap((
          name,
        ) => [stepNames.parameter(name), stepNames.first(name), stepNames.second(name)])
          .map((name) => [name, held[name]]),
      );
      return losses;
    },
    release: () => program.release(),
  };
}

/**
 * Refuses losses that are not finite, and names the array that is the cause if one was given that is not finite either.
 *
 * @param given what the step was computed from
 */
function checkFinite(losses: Record<string, number>, step: number, given: Arrays) {
  // the parts before their sum: they tell which task it is
  const { loss, ...parts } = losses;
  for (const [name, value] of Object.entries({ ...parts, loss })) {
    if (Number.isFinite(value)) continue;
    const cause = Object.keys(given).find((array) => !given[array].every(Number.isFinite));
    throw new EngineError({
      where: `${name} at step ${step}`,
      expected: "a finite number",
      found: cause ? `${value}, and ${cause} is not finite either` : `${value}, from finite numbers`,
      advice:
        "Lower the learning rate, or look for extreme values in the features; the last checkpoint is kept.",
    });
  }
}
