import * as tf from "@tensorflow/tfjs";
import { EngineError } from "../../errors.ts";
import { recorderName, type Value } from "../recorder.ts";

/**
 * Registers how a tfjs kernel is recorded.
 *
 * @param kernelName tfjs's name of the kernel
 * @param toGraph gets the kernel's inputs and attributes, as tfjs documents them, and returns the emitted result
 */
export function registerRecorded<Inputs, Attributes = Record<never, never>>(
  kernelName: string,
  toGraph: (inputs: Inputs, attributes: Attributes) => Value | Value[],
) {
  tf.registerKernel({
    kernelName,
    backendName: recorderName,
    kernelFunc: ({ inputs, attrs }) => toGraph(inputs as Inputs, attrs as Attributes),
  });
}

/** Makes the error for a kernel that is called with an attribute whose other values have no recorded form. */
export function notRecorded(kernelName: string, expected: string, found: unknown): EngineError {
  return new EngineError({
    where: `kernel ${kernelName}`,
    expected,
    found: JSON.stringify(found),
    advice: "Write the computation with other operations, or add this form in lib/engine/kernels.",
  });
}
