import * as tf from "@tensorflow/tfjs";
import type { Arrays, ArraySpec, NumberArray } from "./array_spec.ts";
import { type Held, type HeldArray, isHeld } from "./held_array.ts";
import { createNoiseSource } from "./noise.ts";
import { createEngine, type Engine } from "./program.ts";
import { recordComputation } from "./record_computation.ts";
import { withBackend } from "./with_backend.ts";

// else tfjs prints an advertisement for its native package at the first use of the "cpu" back-end
tf.enableProdMode();

function toTensor(value: NumberArray | HeldArray, { shape, type }: ArraySpec): tf.Tensor {
  if (isHeld(value)) return value.content as tf.Tensor;
  // tfjs has no bytes: they become int32, as in a recorded graph
  return type === "float32"
    ? tf.tensor(value, [...shape], "float32")
    : tf.tensor(Int32Array.from(value), [...shape], "int32");
}

/** Holds a tensor, out of reach of `tf.tidy`. */
function heldTensor(tensor: tf.Tensor, spec: ArraySpec): HeldArray {
  return { spec, content: tf.keep(tensor), release: () => tensor.dispose() };
}

/**
 * Makes the engine that runs a computation with a tfjs back-end, operation by operation.
 *
 * @param backend a registered tfjs back-end: "cpu", "tensorflow" …
 */
export function createEagerEngine(backend: string): Engine {
  return createEngine({
    name: `tfjs-${backend}`,
    description: `Eager: operation by operation on the tfjs back-end "${backend}".`,
    // recording tells which noise and which outputs there are
    record: (computation, inputs) => recordComputation(computation, inputs, "cpu"),
    prepare: (_recording, computation, inputs, held) =>
      Promise.resolve({
        async run(values, _specs, results) {
          const computed = await withBackend(backend, () =>
            tf.tidy(() => {
              const given = Object.fromEntries(
                Object.entries(inputs).map(([name, spec]) => [name, toTensor(values[name], spec)]),
              );
              const outputs = computation(
                given,
                createNoiseSource((spec) => toTensor(values[spec.name], spec)),
              );
              // an output may be an input, which others hold, or come twice
              return Object.fromEntries(
                Object.entries(outputs).map(([name, tensor]) => [name, tf.clone(tensor)]),
              );
            }));
          for (const [name, array] of Object.entries(results)) {
            array.set(await computed[name].data());
            computed[name].dispose();
          }
          return Object.fromEntries(
            Object.entries(held).map(([name, spec]) => [name, heldTensor(computed[name], spec)]),
          );
        },
        release: () => Promise.resolve(),
      }),
    hold: (arrays: Arrays, specs) =>
      withBackend(
        backend,
        () =>
          Object.fromEntries(
            Object.entries(arrays).map((
              [name, array],
            ) => [name, heldTensor(toTensor(array, specs[name]), specs[name])]),
          ),
      ),
    async read(held: Held) {
      const arrays: Arrays = {};
      for (const [name, { content }] of Object.entries(held)) {
        arrays[name] = (await (content as tf.Tensor).data<"float32">()).slice();
      }
      return arrays;
    },
  });
}
