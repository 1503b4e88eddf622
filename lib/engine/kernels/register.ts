import * as tf from "@tensorflow/tfjs";
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
