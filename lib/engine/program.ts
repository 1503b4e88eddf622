import * as tf from "@tensorflow/tfjs";
import { EngineError } from "../errors.ts";
import { allocate, type Arrays, type ArraySpec, fits, type NumberArray, sizeOf } from "./array_spec.ts";
import { type Held, type HeldArray, isHeld, type Values } from "./held_array.ts";
import type { NoiseSource, NoiseSpec } from "./noise.ts";
import type { Tensor } from "./tensor.ts";

/**
 * A pure function of named tensors, written with tfjs operations: the same inputs and noise give the same outputs.
 *
 * It may take gradients (`tf.valueAndGrads`), must not read values, and must not be asynchronous.
 */
export type Computation = (
  inputs: Record<string, Tensor>,
  noise: NoiseSource,
) => Record<string, Tensor>;

/** What every computation has that was made ready for inputs of fixed shapes. */
export interface Compiled {
  /** Shape and type of each input. */
  inputs: Record<string, ArraySpec>;
  /** The random arrays that belong to the inputs; `drawNoise` draws them. */
  noise: readonly NoiseSpec[];
  /** Shape and type of each output. */
  outputs: Record<string, ArraySpec>;
  /** Frees what the program holds; it cannot run afterwards. */
  release(): Promise<void>;
}

/** A computation all of whose outputs come back. */
export interface Program extends Compiled {
  /**
   * Computes the outputs.
   *
   * @param values all inputs and noise arrays by name
   * @param results arrays to write the outputs into; missing ones are allocated. They must not be inputs.
   * @throws {EngineError} if an array is missing or has another size or type than the program was compiled for
   */
  run(values: Values, results?: Arrays): Promise<Arrays>;
}

/** A computation some of whose outputs stay where it computes. */
export interface HoldingProgram extends Compiled {
  /**
   * Computes the outputs: those that come back, and those that are held until they are released.
   *
   * @param values all inputs and noise arrays by name
   * @throws {EngineError} if an array is missing or has another size or type than the program was compiled for
   */
  run(values: Values): Promise<{ arrays: Arrays; held: Held }>;
}

/** A way to run computations. */
export interface Engine {
  /** For example "onnx-cpu". */
  name: string;
  /** One sentence: what was chosen and why. */
  description: string;
  /** Compiles a computation for inputs of the given shapes; all its outputs come back. */
  compile(computation: Computation, inputs: Record<string, ArraySpec>): Promise<Program>;
  /**
   * Compiles a computation whose outputs of some names are to be held.
   *
   * @param held names of outputs
   */
  compileHolding(
    computation: Computation,
    inputs: Record<string, ArraySpec>,
    held: readonly string[],
  ): Promise<HoldingProgram>;
  /**
   * Puts arrays where programs compute, for as many runs as need them. They must not change as long as they are held.
   *
   * @param specs of the arrays, and maybe of others
   * @throws {EngineError} if an array does not fit its spec
   */
  hold(arrays: Arrays, specs: Record<string, ArraySpec>): Promise<Held>;
  /** Returns copies of held arrays. */
  read(held: Held): Promise<Arrays>;
  /**
   * Puts rows into a held array, in its own memory where that can be.
   *
   * @param array `[rows, …]`; it must not be used afterwards, unless it is what is returned
   * @param rows which of its rows are to be replaced, each once. `[some]`
   * @param values what takes their places. `[some, …]`
   * @returns the array with those rows
   */
  writeRows(array: HeldArray, rows: Int32Array, values: HeldArray): Promise<HeldArray>;
}

/** Checks arrays against the specs they are to fit. */
function checkArrays(
  what: "input" | "output" | "array",
  values: Values,
  specs: Record<string, ArraySpec>,
) {
  for (const [name, spec] of Object.entries(specs)) {
    const value = values[name];
    if (value && (isHeld(value) ? fitsHeld(spec, value) : fits(spec, value))) continue;
    throw new EngineError({
      where: `${what} ${name}`,
      expected: `${spec.type} numbers of shape [${spec.shape}]`,
      found: value ? describe(value) : "nothing",
      advice: "A program runs only with the shapes it was compiled for: compile it for these.",
    });
  }
}

function fitsHeld(spec: ArraySpec, { spec: { shape, type } }: HeldArray): boolean {
  return type === spec.type && sizeOf(shape) === sizeOf(spec.shape);
}

function describe(value: NumberArray | HeldArray): string {
  return isHeld(value)
    ? `a held array of ${value.spec.type} numbers of shape [${value.spec.shape}]`
    : `${value.constructor.name} of ${value.length}`;
}

/** What a back-end makes of a recorded computation. */
export interface Execution {
  /**
   * Computes the outputs from checked inputs and noise, described by `specs`.
   *
   * @param results checked arrays for the outputs that come back
   * @returns the others
   */
  run(values: Values, specs: Record<string, ArraySpec>, results: Arrays): Promise<Held>;
  release(): Promise<void>;
}

/** What sets an engine apart; what it makes of a recording is its own. */
export interface EngineParts<Recording extends Pick<Compiled, "noise" | "outputs">>
  extends Pick<Engine, "name" | "description" | "hold" | "read"> {
  /** Puts rows into a held array in place; where that cannot be, a program makes another array. */
  writeRows?(array: HeldArray, rows: Int32Array, values: HeldArray): void;
  record(computation: Computation, inputs: Record<string, ArraySpec>): Promise<Recording>;
  /**
   * Makes a recorded computation ready to run.
   *
   * @param held the outputs that do not come back
   */
  prepare(
    recording: Recording,
    computation: Computation,
    inputs: Record<string, ArraySpec>,
    held: Record<string, ArraySpec>,
  ): Promise<Execution>;
}

/** Makes an engine whose programs check what they are given and allocate what is missing before they are executed. */
export function createEngine<Recording extends Pick<Compiled, "noise" | "outputs">>(
  { name, description, record, prepare, hold, read, writeRows }: EngineParts<Recording>,
): Engine {
  async function compileHolding(
    computation: Computation,
    inputs: Record<string, ArraySpec>,
    heldNames: readonly string[],
  ) {
    const recording = await record(computation, inputs);
    const { noise, outputs } = recording;
    const specs = { ...inputs, ...Object.fromEntries(noise.map((spec) => [spec.name, spec])) };
    const [held, returned] = [true, false].map((stays) =>
      Object.fromEntries(Object.entries(outputs).filter(([name]) => heldNames.includes(name) === stays))
    );
    const execution = await prepare(recording, computation, inputs, held);
    return {
      inputs,
      noise,
      outputs,
      async run(values: Values, results: Arrays = {}) {
        checkArrays("input", values, specs);
        const arrays = Object.fromEntries(
          Object.entries(returned).map(([name, spec]) => [name, results[name] ?? allocate(spec)]),
        );
        checkArrays("output", arrays, returned);
        return { arrays, held: await execution.run(values, specs, arrays) };
      },
      release: () => execution.release(),
    };
  }
  const writers = new Map<string, Promise<HoldingProgram>>();
  /** Returns the program that makes an array with other rows; one is kept for each set of shapes. */
  function writerFor(array: ArraySpec, rows: number, values: ArraySpec): Promise<HoldingProgram> {
    const inputs: Record<string, ArraySpec> = { array, rows: { shape: [rows, 1], type: "int32" }, values };
    const key = JSON.stringify(inputs);
    const known = writers.get(key);
    if (known) return known;
    const compiled = engine.compileHolding(
      ({ array, rows, values }) => ({ array: tf.tensorScatterUpdate(array, rows, values) }),
      inputs,
      ["array"],
    );
    writers.set(key, compiled);
    return compiled;
  }
  const engine: Engine = {
    name,
    description,
    async compile(computation, inputs) {
      const { run, ...compiled } = await compileHolding(computation, inputs, []);
      return { ...compiled, run: async (values, results) => (await run(values, results)).arrays };
    },
    async compileHolding(computation, inputs, heldNames) {
      const { run, ...compiled } = await compileHolding(computation, inputs, heldNames);
      return { ...compiled, run: (values) => run(values) };
    },
    async hold(arrays, specs) {
      const theirs = Object.fromEntries(Object.keys(arrays).map((name) => [name, specs[name]]));
      checkArrays("array", arrays, theirs);
      return isEmpty(arrays) ? {} : await hold(arrays, theirs);
    },
    read: async (held) => isEmpty(held) ? {} : await read(held),
    async writeRows(array, rows, values) {
      if (writeRows) {
        writeRows(array, rows, values);
        return array;
      }
      const program = await writerFor(array.spec, rows.length, values.spec);
      return (await program.run({ array, rows, values })).held.array;
    },
  };
  return engine;
}

const isEmpty = (record: Arrays | Held) => Object.keys(record).length === 0;
