import * as tf from "@tensorflow/tfjs";
import type { Parameters, ParameterSpecs } from "./parameters.ts";

/**
 * Lists the parameters of gated recurrent units without biases: `input.kernel` [inputs, 3 · hidden] and `state.kernel`
 * [hidden, 3 · hidden], whose columns are those of the reset gate, the update gate and the candidate, in this order.
 */
export function gruSpecs(name: string, inputs: number, hiddenSize: number): ParameterSpecs {
  return {
    [`${name}.input.kernel`]: { shape: [inputs, 3 * hiddenSize], initial: "xavier" },
    [`${name}.state.kernel`]: { shape: [hiddenSize, 3 * hiddenSize], initial: "xavier" },
  };
}

/**
 * Runs gated recurrent units (Cho et al., 2014) over the rows of a packed batch, from left to right.
 *
 * The state is zero before each segment's first slot. As in PyTorch, the reset gate scales the candidate's product with
 * the state, not the state.
 *
 * @param x `[rows · length, inputs]`
 * @param positions each slot's place in its segment, int32 `[rows · length]`
 * @returns the state after each slot, `[rows · length, hidden]`
 */
export function gru(
  x: tf.Tensor,
  positions: tf.Tensor,
  length: number,
  parameters: Parameters,
  name: string,
): tf.Tensor {
  const kernel = parameters[`${name}.state.kernel`] as tf.Tensor2D;
  const [hiddenSize] = kernel.shape;
  const rows = x.shape[0] / length;
  // what does not depend on the state is one product for all slots
  const projected = tf.matMul(x, parameters[`${name}.input.kernel`]); // [slots, 3 · hidden]
  const inputs = tf.unstack(tf.reshape(projected, [rows, length, 3 * hiddenSize]), 1); // length × [rows, 3 · hidden]
  const goesOn = tf.cast(tf.greater(positions, 0), "float32"); // 0 where a segment starts
  const kept = tf.unstack(tf.reshape(goesOn, [rows, length, 1]), 1); // length × [rows, 1]
  let state: tf.Tensor = tf.zeros([rows, hiddenSize]);
  const states = inputs.map((input, step) => {
    const before = tf.mul(state, kept[step]); // [rows, hidden]
    const [resetInput, updateInput, newInput] = tf.split(input, 3, 1);
    const [resetState, updateState, newState] = tf.split(tf.matMul(before, kernel), 3, 1);
    const reset = tf.sigmoid(tf.add(resetInput, resetState));
    const update = tf.sigmoid(tf.add(updateInput, updateState));
    const candidate = tf.tanh(tf.add(newInput, tf.mul(reset, newState)));
    state = tf.add(candidate, tf.mul(update, tf.sub(before, candidate)));
    return state;
  });
  return tf.reshape(tf.stack(states, 1), [rows * length, hiddenSize]);
}
