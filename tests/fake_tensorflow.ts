import * as tf from "@tensorflow/tfjs";

/**
 * Makes a stand-in for tfjs-node-gpu's loader: it registers tfjs's own "cpu" back-end as "tensorflow".
 *
 * @param isUsingGpuDevice what the back-end says about its device
 */
export function fakeTensorflow(isUsingGpuDevice: boolean): () => Promise<void> {
  return () => {
    tf.copyRegisteredKernels("cpu", "tensorflow");
    if (tf.findBackendFactory("tensorflow")) tf.removeBackend("tensorflow");
    const createCpuBackend = tf.findBackendFactory("cpu") as () => tf.KernelBackend;
    tf.registerBackend("tensorflow", () => Object.assign(createCpuBackend(), { isUsingGpuDevice }));
    return Promise.resolve();
  };
}
