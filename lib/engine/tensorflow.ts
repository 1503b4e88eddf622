import util from "node:util";
import * as tf from "@tensorflow/tfjs";

/** The name under which TensorFlow is known to tfjs. */
export const tensorflowName = "tensorflow";

/**
 * Loads tfjs-node-gpu, which registers TensorFlow with tfjs as the back-end "tensorflow".
 *
 * @throws {Error} the package's own, if its native library is not installed or a permission is missing
 */
export async function loadTensorflow(): Promise<void> {
  // the package calls this function, which Node 23 and Deno no longer have
  const missing = { isNullOrUndefined: (value: unknown) => value === null || value === undefined };
  if (!("isNullOrUndefined" in util)) Object.assign(util, missing);
  await import("@tensorflow/tfjs-node-gpu");
}

/** Tells whether TensorFlow, once loaded, computes on a GPU. */
export function tensorflowHasGpu(): boolean {
  const backend = tf.findBackend(tensorflowName) as tf.KernelBackend & { isUsingGpuDevice?: boolean } | null;
  return backend?.isUsingGpuDevice === true;
}
