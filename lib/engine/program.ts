import type * as tf from "@tensorflow/tfjs";
import { EngineError } from "../errors.ts";
import { allocate, type Arrays, type ArraySpec, fits } from "./array_spec.ts";
import type { NoiseSource, NoiseSpec } from "./noise.ts";

/**
 * A pure function of named tensors, written with tfjs operations: the same inputs and noise give the same outputs.
 *
 * It may take gradients (`tf.valueAndGrads`), must not read values, and must not be asynchronous.
 */
export type Computation = (
  inputs: Record<string, tf.Tensor>,
  noise: NoiseSource,
) => Record<string, tf.Tensor>;

/** A computation made ready for inputs of fixed shapes. */
export interface Program {
  inputs: Record<string, ArraySpec>;
  /** The random arrays that belong to the inputs; `drawNoise` draws them. */
  noise: readonly NoiseSpec[];
  outputs: Record<string, ArraySpec>;
  /**
   * Computes the outputs.
   *
   * @param arrays all inputs and noise arrays by name
   * @param results arrays to write the outputs into; missing ones are allocated. They must not be inputs.
   * @throws {EngineError} if an array is missing or has another size or type than the program was compiled for
   */
  run(arrays: Arrays, results?: Arrays): Promise<Arrays>;
  /** Frees what the program holds; it cannot run afterwards. */
  release(): Promise<void>;
}

/** A way to run computations. */
export interface Engine {
  /** For example "onnx-cpu". */
  name: string;
  /** One sentence: what was chosen and why. */
  description: string;
  compile(computation: Computation, inputs: Record<string, ArraySpec>): Promise<Program>;
}

/** Checks a program's arrays against the specs they are to fit. */
function checkArrays(what: "input" | "output", arrays: Arrays, specs: Record<string, ArraySpec>) {
  for (const [name, spec] of Object.entries(specs)) {
    const array = arrays[name];
    if (array && fits(spec, array)) continue;
    throw new EngineError({
      where: `${what} ${name}`,
      expected: `${spec.type} numbers of shape [${spec.shape}]`,
      found: array ? `${array.constructor.name} of ${array.length}` : "nothing",
      advice: "A program runs only with the shapes it was compiled for: compile it for these.",
    });
  }
}

/** What a back-end adds to make a program of a recorded computation. */
export interface Execution {
  /** Computes the outputs from checked inputs and noise, described by `specs`, into checked arrays. */
  run(arrays: Arrays, specs: Record<string, ArraySpec>, results: Arrays): Promise<void>;
  release(): Promise<void>;
}

/** Makes a program that checks what it is given and allocates what is missing before it is executed. */
export function createProgram(
  { inputs, noise, outputs }: Pick<Program, "inputs" | "noise" | "outputs">,
  execution: Execution,
): Program {
  const specs = { ...inputs, ...Object.fromEntries(noise.map((spec) => [spec.name, spec])) };
  return {
    inputs,
    noise,
    outputs,
    async run(arrays, results = {}) {
      checkArrays("input", arrays, specs);
      const written = Object.fromEntries(
        Object.entries(outputs).map(([name, spec]) => [name, results[name] ?? allocate(spec)]),
      );
      checkArrays("output", written, outputs);
      await execution.run(arrays, specs, written);
      return written;
    },
    release: () => execution.release(),
  };
}
