import * as tf from "@tensorflow/tfjs";
import { elementTypes } from "../onnx_schema.ts";
import { emit, recordingFor, scalar, type Value } from "../recorder.ts";
import { registerRecorded } from "./register.ts";

const broadcast = tf.backend_util.assertAndGetBroadcastShape;

/** tfjs kernel → ONNX operator, of two tensors of one type that are broadcast against each other. */
const arithmetic = {
  Add: "Add",
  Sub: "Sub",
  Multiply: "Mul",
  RealDiv: "Div",
  Maximum: "Max",
  Minimum: "Min",
  Pow: "Pow",
};
for (const [kernel, operator] of Object.entries(arithmetic)) {
  registerRecorded<{ a: Value; b: Value }>(
    kernel,
    ({ a, b }) => emit(operator, [a, b], broadcast(a.shape, b.shape), a.dtype),
  );
}

const comparisons = {
  Less: "Less",
  LessEqual: "LessOrEqual",
  Greater: "Greater",
  GreaterEqual: "GreaterOrEqual",
  Equal: "Equal",
  LogicalAnd: "And",
};
for (const [kernel, operator] of Object.entries(comparisons)) {
  registerRecorded<{ a: Value; b: Value }>(
    kernel,
    ({ a, b }) => emit(operator, [a, b], broadcast(a.shape, b.shape), "bool"),
  );
}

registerRecorded<{ a: Value; b: Value }>("LogicalOr", ({ a, b }) => {
  const shape = broadcast(a.shape, b.shape);
  if (recordingFor() === "cpu") return emit("Or", [a, b], shape, "bool");
  // WebGPU has no Or: not (not a and not b)
  const not = (x: Value) => emit("Not", [x], x.shape, "bool");
  return not(emit("And", [not(a), not(b)], shape, "bool"));
});

const functions = {
  Abs: "Abs",
  Erf: "Erf",
  Exp: "Exp",
  Identity: "Identity",
  Log: "Log",
  LogicalNot: "Not",
  Neg: "Neg",
  Reciprocal: "Reciprocal",
  Relu: "Relu",
  Sigmoid: "Sigmoid",
  Sign: "Sign",
  Softplus: "Softplus",
  Sqrt: "Sqrt",
  Tanh: "Tanh",
};
for (const [kernel, operator] of Object.entries(functions)) {
  registerRecorded<{ x: Value }>(kernel, ({ x }) => emit(operator, [x], x.shape, x.dtype));
}

registerRecorded<{ x: Value }>("Square", ({ x }) => emit("Mul", [x, x], x.shape, x.dtype));

registerRecorded<{ x: Value }>(
  "Rsqrt",
  ({ x }) => emit("Reciprocal", [emit("Sqrt", [x], x.shape, x.dtype)], x.shape, x.dtype),
);

registerRecorded<{ a: Value; b: Value }>("SquaredDifference", ({ a, b }) => {
  const difference = emit("Sub", [a, b], broadcast(a.shape, b.shape), a.dtype);
  return emit("Mul", [difference, difference], difference.shape, a.dtype);
});

registerRecorded<{ x: Value }, { alpha: number }>(
  "Step",
  ({ x }, { alpha }) => {
    const positive = emit("Greater", [x, scalar(0)], x.shape, "bool");
    return emit("Where", [positive, scalar(1), scalar(alpha)], x.shape, "float32");
  },
);

/** Records a change of type; ONNX Runtime removes it where there is nothing to change. */
export function cast(x: Value, dtype: "float32" | "int32" | "bool"): Value {
  return emit("Cast", [x], x.shape, dtype, { to: elementTypes[dtype] });
}

registerRecorded<{ x: Value }, { dtype: "float32" | "int32" | "bool" }>(
  "Cast",
  ({ x }, { dtype }) => cast(x, dtype),
);

registerRecorded<{ condition: Value; t: Value; e: Value }>(
  "Select",
  ({ condition, t, e }) => emit("Where", [condition, t, e], t.shape, t.dtype),
);

registerRecorded<Value[]>(
  "AddN",
  (terms) => terms.reduce((sum, term) => emit("Add", [sum, term], term.shape, term.dtype)),
);
