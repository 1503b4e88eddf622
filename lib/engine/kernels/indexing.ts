import * as tf from "@tensorflow/tfjs";
import { constant, emit, integers, type Value } from "../recorder.ts";
import { sizeOf } from "../array_spec.ts";
import { elementTypes } from "../onnx_schema.ts";
import { cast } from "./elementwise.ts";
import { notRecorded, registerRecorded } from "./register.ts";
import { filled, reshape } from "./shape.ts";

registerRecorded<{ x: Value; indices: Value }, { axis: number; batchDims: number }>(
  "GatherV2",
  ({ x, indices }, { axis, batchDims }) => {
    if (batchDims) throw notRecorded("GatherV2", "batchDims 0", batchDims);
    const [at] = tf.util.parseAxisParam(axis, x.shape);
    return emit("Gather", [x, indices], x.shape.toSpliced(at, 1, ...indices.shape), x.dtype, { axis: at });
  },
);

function toInt64(indices: Value): Value {
  // tfjs has no int64: the value keeps the tfjs type and only feeds operators that want int64
  return emit("Cast", [indices], indices.shape, "int32", { to: elementTypes.int64 });
}

registerRecorded<{ params: Value; indices: Value }>("GatherNd", ({ params, indices }) => {
  const depth = indices.shape.at(-1)!;
  const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
  return emit("GatherND", [params, toInt64(indices)], shape, params.dtype);
});

registerRecorded<{ tensor: Value; indices: Value; updates: Value }>(
  "TensorScatterUpdate",
  ({ tensor, indices, updates }) => {
    const depth = indices.shape.at(-1)!;
    if (depth !== 1 || indices.shape.length !== 2) {
      throw notRecorded("TensorScatterUpdate", "a list of rows [rows, 1]", indices.shape);
    }
    const [rows] = indices.shape;
    const [height] = tensor.shape;
    const width = sizeOf(tensor.shape) / height;
    const column = emit("Expand", [indices, integers([rows, width])], [rows, width], "int32");
    const parts = [reshape(tensor, [height, width]), column, reshape(updates, [rows, width])];
    const written = emit("ScatterElements", parts, [height, width], tensor.dtype, { axis: 0 });
    return reshape(written, tensor.shape);
  },
);

/** Up to this many segments the sum is a product with a matrix of zeros and ones, which is faster. */
const fewSegments = 128;

registerRecorded<{ x: Value; segmentIds: Value }, { numSegments: number }>(
  "UnsortedSegmentSum",
  ({ x, segmentIds }, { numSegments }) => {
    const [rows] = x.shape;
    const shape = [numSegments, ...x.shape.slice(1)];
    const columns = sizeOf(shape) / numSegments;
    const table = cast(reshape(x, [rows, columns]), "float32"); // tfjs sums integers as floats too
    if (numSegments <= fewSegments) {
      const segments = constant(
        Int32Array.from({ length: numSegments }, (_, i) => i),
        [numSegments, 1],
        "int32",
      );
      const belongs = emit("Equal", [segments, reshape(segmentIds, [1, rows])], [numSegments, rows], "bool");
      return reshape(
        emit("MatMul", [cast(belongs, "float32"), table], [numSegments, columns], "float32"),
        shape,
      );
    }
    // not ScatterND: with reduction "add", ONNX Runtime 1.30 lets several threads add to one row at once and loses
    // some of the sums; ScatterElements adds in order
    const column = reshape(segmentIds, [rows, 1]);
    const indices = emit("Expand", [column, integers([rows, columns])], [rows, columns], "int32");
    const zeros = filled([numSegments, columns], 0, "float32");
    const sums = emit("ScatterElements", [zeros, indices, table], [numSegments, columns], "float32", {
      axis: 0,
      reduction: "add",
    });
    return reshape(sums, shape);
  },
);

registerRecorded<
  { indices: Value },
  { depth: number; onValue: number; offValue: number; dtype: "float32" | "int32" }
>(
  "OneHot",
  ({ indices }, { depth, onValue, offValue, dtype }) => {
    const shape = [...indices.shape, depth];
    const classes = constant(Int32Array.from({ length: depth }, (_, i) => i), [depth], "int32");
    const equal = emit("Equal", [reshape(indices, [...indices.shape, 1]), classes], shape, "bool");
    const [on, off] = [onValue, offValue].map((value) => constant([value], [], dtype));
    return emit("Where", [equal, on, off], shape, dtype);
  },
);
