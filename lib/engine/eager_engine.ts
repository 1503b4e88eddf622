import * as tf from "@tensorflow/tfjs";
import type { ArraySpec, NumberArray } from "./array_spec.ts";
import { createNoiseSource } from "./noise.ts";
import { type Computation, createProgram, type Engine, type Program } from "./program.ts";
import { recordComputation } from "./record_computation.ts";
import { withBackend } from "./with_backend.ts";

// else tfjs prints an advertisement for its native package at the first use of the "cpu" back-end
tf.enableProdMode();

function toTensor(array: NumberArray, { shape, type }: ArraySpec): tf.Tensor {
  // tfjs has no bytes: they become int32, as in a recorded graph
  return type === "float32"
    ? tf.tensor(array, [...shape], "float32")
    : tf.tensor(Int32Array.from(array), [...shape], "int32");
}

/**
 * Makes the engine that runs a computation with a tfjs back-end, operation by operation.
 *
 * @param backend a registered tfjs back-end: "cpu", "tensorflow" …
 */
export function createEagerEngine(backend: string): Engine {
  async function compile(computation: Computation, inputs: Record<string, ArraySpec>): Promise<Program> {
    // recording tells which noise and which outputs there are
    const { noise, outputs } = await recordComputation(computation, inputs, "cpu");
    return createProgram({ inputs, noise, outputs }, {
      async run(arrays, _specs, results) {
        const computed = await withBackend(backend, () =>
          tf.tidy(() => {
            const given = Object.fromEntries(
              Object.entries(inputs).map(([name, spec]) => [name, toTensor(arrays[name], spec)]),
            );
            return computation(given, createNoiseSource((spec) => toTensor(arrays[spec.name], spec)));
          }));
        for (const [name, tensor] of Object.entries(computed)) results[name].set(await tensor.data());
        tf.dispose(computed);
      },
      release: () => Promise.resolve(),
    });
  }
  return {
    name: `tfjs-${backend}`,
    description: `Eager: operation by operation on the tfjs back-end "${backend}".`,
    compile,
  };
}
