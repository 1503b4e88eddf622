import fc from "fast-check";
import {
  eighths,
  type KernelCase,
  type KernelCases,
  nonZero,
  type Operand,
  operand,
  operandOf,
  type OperandType,
  positive,
  shapes,
  wide,
} from "./operand.ts";

/** Shapes that broadcast against each other: some axes have size 1, some leading ones are missing. */
const broadcastShapes = shapes(0, 4).chain((shape) => {
  const part = fc.tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })).map((
    [missing, ones],
  ) => shape.map((extent, axis) => ones[axis] ? 1 : extent).slice(missing));
  return fc.tuple(part, part);
});

function pair(
  types: OperandType[],
  values: { a?: fc.Arbitrary<number>; b?: fc.Arbitrary<number> } = {},
): fc.Arbitrary<KernelCase> {
  return fc.tuple(broadcastShapes, fc.constantFrom(...types)).chain(([[a, b], dtype]) =>
    fc.record({ inputs: fc.record({ a: operandOf(a, dtype, values.a), b: operandOf(b, dtype, values.b) }) })
  );
}

function single(
  types: OperandType[] = ["float32"],
  value?: fc.Arbitrary<number>,
): fc.Arbitrary<KernelCase> {
  return fc.record({ inputs: fc.record({ x: operand({ types, value }) }) });
}

const numbers: OperandType[] = ["float32", "int32"];
const anything: OperandType[] = [...numbers, "bool"];

const cast = fc.record({
  inputs: fc.record({ x: operand({ types: anything }) }),
  attributes: fc.record({ dtype: fc.constantFrom(...anything) }),
});

const select = fc.tuple(shapes(0, 4), fc.constantFrom(...numbers)).chain(([shape, dtype]) =>
  fc.record({
    inputs: fc.record({
      condition: operandOf(shape, "bool"),
      t: operandOf(shape, dtype),
      e: operandOf(shape, dtype),
    }),
  })
);

const terms: fc.Arbitrary<Operand[]> = shapes(0, 3).chain((shape) =>
  fc.array(operandOf(shape), { minLength: 1, maxLength: 4 })
);

/** Calls of the kernels in lib/engine/kernels/elementwise.ts. */
export const elementwiseCases: KernelCases = {
  Add: pair(numbers),
  Sub: pair(numbers),
  Multiply: pair(numbers),
  RealDiv: pair(["float32"], { b: nonZero }),
  Maximum: pair(numbers),
  Minimum: pair(numbers),
  Pow: pair(["float32"], { a: positive, b: eighths }),
  SquaredDifference: pair(numbers),
  Less: pair(numbers),
  LessEqual: pair(numbers),
  Greater: pair(numbers),
  GreaterEqual: pair(numbers),
  Equal: pair(anything),
  LogicalAnd: pair(["bool"]),
  LogicalOr: pair(["bool"]),
  LogicalNot: single(["bool"]),
  Abs: single(numbers),
  Erf: single(["float32"], wide),
  Exp: single(),
  Identity: single(anything),
  Log: single(["float32"], positive),
  Neg: single(numbers),
  Reciprocal: single(["float32"], nonZero),
  Relu: single(numbers),
  Rsqrt: single(["float32"], positive),
  Sigmoid: single(["float32"], wide),
  Sign: single(numbers),
  Softplus: single(["float32"], wide),
  Sqrt: single(["float32"], fc.oneof(fc.constant(0), positive)),
  Square: single(numbers),
  Tanh: single(["float32"], wide),
  Step: fc.record({
    inputs: fc.record({ x: operand() }),
    attributes: fc.record({ alpha: eighths }),
  }),
  Cast: cast,
  Select: select,
  AddN: fc.record({ inputs: terms }),
};
