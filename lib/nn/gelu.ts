import * as tf from "@tensorflow/tfjs";

/**
 * Returns x · Φ(x), the exact Gaussian error linear unit, Φ being the normal distribution function.
 *
 * The gradient is Φ(x) + x · φ(x); Φ(x) is kept from the forward pass.
 */
export function gelu(x: tf.Tensor): tf.Tensor {
  const activate = tf.customGrad((...args) => {
    const x = args[0] as tf.Tensor;
    const save = args[1] as tf.GradSaveFunc;
    const probability = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
    save([x, probability]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [x, probability] = saved;
      const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return tf.mul(dy, tf.add(probability, tf.mul(x, density)));
    };
    return { value: tf.mul(x, probability), gradFunc };
  });
  return activate(x);
}
