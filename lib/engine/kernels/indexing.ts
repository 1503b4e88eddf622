import { constant, emit, type Value } from "../recorder.ts";
import { elementTypes } from "../onnx_schema.ts";
import { registerRecorded } from "./register.ts";
import { filled, reshape } from "./shape.ts";

registerRecorded<{ x: Value; indices: Value }, { axis: number; batchDims: number }>(
  "GatherV2",
  ({ x, indices }, { axis }) => {
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    return emit("Gather", [x, indices], shape, x.dtype, { axis });
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

registerRecorded<{ x: Value; segmentIds: Value }, { numSegments: number }>(
  "UnsortedSegmentSum",
  ({ x, segmentIds }, { numSegments }) => {
    const shape = [numSegments, ...x.shape.slice(1)];
    const rows = toInt64(reshape(segmentIds, [x.shape[0], 1]));
    return emit("ScatterND", [filled(shape, 0, "float32"), rows, x], shape, "float32", { reduction: "add" });
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
