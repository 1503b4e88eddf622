/** A tensor of tfjs, which models and losses compute with: what `tf.tensor` and every operation return. */
export type Tensor = InstanceType<(typeof import("@tensorflow/tfjs"))["Tensor"]>;
