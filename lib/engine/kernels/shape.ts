import * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../array_spec.ts";
import { asTensor, constant, emit, integers, scalar, type Value, valueNamed } from "../recorder.ts";
import { registerRecorded } from "./register.ts";

/** Records a change of shape that keeps the numbers and their order. */
export function reshape(x: Value, shape: readonly number[]): Value {
  return emit("Reshape", [x, integers(shape)], shape, x.dtype);
}

/** Records a tensor that holds one value everywhere. */
export function filled(shape: readonly number[], value: number, dtype: "float32" | "int32" | "bool"): Value {
  return emit("Expand", [scalar(value, dtype), integers(shape)], shape, dtype);
}

registerRecorded<{ x: Value }, { shape: number[] }>(
  "Reshape",
  ({ x }, { shape }) => reshape(x, tf.util.inferFromImplicitShape(shape, sizeOf(x.shape))),
);

registerRecorded<{ input: Value }, { dim: number }>("ExpandDims", ({ input }, { dim }) => {
  const shape = [...input.shape];
  shape.splice(dim < 0 ? shape.length + dim + 1 : dim, 0, 1);
  return reshape(input, shape);
});

registerRecorded<{ x: Value }, { perm: number[] }>(
  "Transpose",
  ({ x }, { perm }) => emit("Transpose", [x], perm.map((axis) => x.shape[axis]), x.dtype, { perm }),
);

registerRecorded<{ x: Value }, { begin: number[]; size: number[] }>("Slice", ({ x }, { begin, size }) => {
  const [start, extent] = tf.slice_util.parseSliceParams(asTensor(x), begin, size);
  const end = start.map((from, axis) => from + extent[axis]);
  const axes = start.map((_, axis) => axis);
  return emit("Slice", [x, integers(start), integers(end), integers(axes)], extent, x.dtype);
});

registerRecorded<{ x: Value }, { paddings: [number, number][]; constantValue: number }>(
  "PadV2",
  ({ x }, { paddings, constantValue }) => {
    const shape = x.shape.map((extent, axis) => extent + paddings[axis][0] + paddings[axis][1]);
    const widths = integers([...paddings.map((width) => width[0]), ...paddings.map((width) => width[1])]);
    const value = scalar(constantValue, x.dtype === "int32" ? "int32" : "float32");
    return emit("Pad", [x, widths, value], shape, x.dtype, { mode: "constant" });
  },
);

function concat(parts: Value[], axis: number): Value {
  const shape = [...parts[0].shape];
  shape[axis] = parts.reduce((extent, part) => extent + part.shape[axis], 0);
  return emit("Concat", parts, shape, parts[0].dtype, { axis });
}

registerRecorded<Value[], { axis: number }>(
  "Concat",
  (parts, { axis }) => concat(Object.values(parts), axis < 0 ? parts[0].shape.length + axis : axis),
);

registerRecorded<Value[], { axis: number }>("Pack", (parts, { axis }) => {
  const at = axis < 0 ? parts[0].shape.length + axis + 1 : axis;
  const expanded = Object.values(parts).map((part) => {
    const shape = [...part.shape];
    shape.splice(at, 0, 1);
    return reshape(part, shape);
  });
  return concat(expanded, at);
});

registerRecorded<{ value: Value }, { axis: number }>("Unpack", ({ value }, { axis }) => {
  const at = axis < 0 ? value.shape.length + axis : axis;
  const shape = value.shape.filter((_, i) => i !== at);
  return Array.from(
    { length: value.shape[at] },
    (_, i) => emit("Gather", [value, scalar(i, "int64")], shape, value.dtype, { axis: at }),
  );
});

registerRecorded<{ x: Value }, { numOrSizeSplits: number[] | number; axis: number }>(
  "SplitV",
  ({ x }, { numOrSizeSplits, axis }) => {
    const at = axis < 0 ? x.shape.length + axis : axis;
    const sizes = tf.backend_util.prepareSplitSize(asTensor(x), numOrSizeSplits, at);
    let start = 0;
    return sizes.map((size) => {
      const shape = x.shape.map((extent, i) => i === at ? size : extent);
      const bounds = [[start], [start += size], [at]].map((values) => integers(values));
      return emit("Slice", [x, ...bounds], shape, x.dtype);
    });
  },
);

registerRecorded<{ x: Value }, { reps: number[] }>(
  "Tile",
  ({ x }, { reps }) =>
    emit("Tile", [x, integers(reps)], x.shape.map((extent, axis) => extent * reps[axis]), x.dtype),
);

registerRecorded<unknown, { shape: number[]; value: number; dtype?: "float32" | "int32" | "bool" }>(
  "Fill",
  (_, { shape, value, dtype }) => filled(shape, value, dtype ?? "float32"),
);
registerRecorded<{ x: Value }>("ZerosLike", ({ x }) => filled(x.shape, 0, x.dtype as "float32"));
registerRecorded<{ x: Value }>("OnesLike", ({ x }) => filled(x.shape, 1, x.dtype as "float32"));

registerRecorded<unknown, { start: number; stop: number; step: number; dtype: "float32" | "int32" }>(
  "Range",
  (_, { start, stop, step, dtype }) => {
    const length = Math.max(0, Math.ceil((stop - start) / step));
    const values = Array.from({ length }, (_, i) => start + i * step);
    return valueNamed(constant(values, [length], dtype), [length], dtype);
  },
);
