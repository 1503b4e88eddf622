import * as tf from "@tensorflow/tfjs";

/**
 * Runs a function on a tfjs back-end, and selects the former one again, whether it returns or throws.
 *
 * tfjs has one selected back-end for the whole process. Nothing is awaited between the two selections, so that
 * computations that are prepared side by side never run on each other's back-end.
 *
 * @param name a registered back-end
 */
export async function withBackend<T>(name: string, compute: () => T): Promise<T> {
  await tf.ready(); // some back-end is selected
  const before = tf.getBackend();
  if (!tf.findBackend(name)) await tf.setBackend(name); // one that starts slowly is waited for
  void tf.setBackend(name); // one that has started is selected at once
  try {
    return compute();
  } finally {
    void tf.setBackend(before);
  }
}
