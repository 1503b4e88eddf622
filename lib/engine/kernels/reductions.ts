import * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../array_spec.ts";
import { constant, emit, integers, type Value } from "../recorder.ts";
import { cast } from "./elementwise.ts";
import { registerRecorded } from "./register.ts";
import { reshape } from "./shape.ts";

interface Reduction {
  axis: number | number[];
  keepDims: boolean;
}

function reducedShape(shape: number[], axes: number[], keepDims: boolean): number[] {
  return keepDims
    ? shape.map((extent, axis) => axes.includes(axis) ? 1 : extent)
    : shape.filter((_, axis) => !axes.includes(axis));
}

function reduce(operator: string, x: Value, { axis, keepDims }: Reduction): Value {
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const shape = reducedShape(x.shape, axes, keepDims);
  if (axes.length === 0) return emit("Identity", [x], shape, x.dtype);
  // in operator set 17 only ReduceSum takes its axes as an input
  return operator === "ReduceSum"
    ? emit(operator, [x, integers(axes)], shape, x.dtype, { keepdims: +keepDims })
    : emit(operator, [x], shape, x.dtype, { axes, keepdims: +keepDims });
}

registerRecorded<{ x: Value }, Reduction>("Sum", ({ x }, { axis, keepDims }) => {
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((at, i) => at === i);
  if (!leading || x.dtype !== "float32") return reduce("ReduceSum", x, { axis, keepDims });
  // summing down columns (bias gradients) is much faster as a product with a row of ones than as ReduceSum
  const rows = sizeOf(axes.map((at) => x.shape[at]));
  const columns = sizeOf(x.shape) / rows;
  const ones = constant(new Float32Array(rows).fill(1), [1, rows], "float32");
  const sums = emit("MatMul", [ones, reshape(x, [rows, columns])], [1, columns], "float32");
  return reshape(sums, reducedShape(x.shape, axes, keepDims));
});

registerRecorded<{ x: Value }, Reduction>(
  "Mean",
  ({ x }, { axis, keepDims }) => reduce("ReduceMean", cast(x, "float32"), { axis, keepDims }),
);

registerRecorded<{ x: Value }, { reductionIndices: number | number[]; keepDims: boolean }>(
  "Max",
  ({ x }, { reductionIndices, keepDims }) => reduce("ReduceMax", x, { axis: reductionIndices, keepDims }),
);

registerRecorded<{ logits: Value }, { dim: number }>(
  "Softmax",
  ({ logits }, { dim }) => emit("Softmax", [logits], logits.shape, "float32", { axis: dim }),
);
