import fc from "fast-check";
import { type KernelCase, type KernelCases, type Operand, operandOf, shapes } from "./operand.ts";

interface ProductCase extends KernelCase {
  inputs: { a: Operand; b: Operand };
  attributes: { transposeA: boolean; transposeB: boolean };
}

/** Matrices to be multiplied, in batches of equal size or, on one side, of size 1. */
function product(batches: fc.Arbitrary<number[]>): fc.Arbitrary<ProductCase> {
  const sizes = fc.tuple(shapes(3, 3), batches, fc.constantFrom("both", "a", "b"));
  const transpositions = fc.record({ transposeA: fc.boolean(), transposeB: fc.boolean() });
  return fc.tuple(sizes, transpositions).chain(([[[rows, inner, columns], batch, batched], attributes]) => {
    const ones = batch.map(() => 1);
    const a = attributes.transposeA ? [inner, rows] : [rows, inner];
    const b = attributes.transposeB ? [columns, inner] : [inner, columns];
    return fc.record({
      inputs: fc.record({
        a: operandOf([...(batched === "b" ? ones : batch), ...a]),
        b: operandOf([...(batched === "a" ? ones : batch), ...b]),
      }),
      attributes: fc.constant(attributes),
    });
  });
}

const fused = product(shapes(1, 1)).chain(({ inputs, attributes }) => {
  const rows = inputs.a.shape.at(attributes.transposeA ? -1 : -2)!;
  const columns = inputs.b.shape.at(attributes.transposeB ? -2 : -1)!;
  const bias = fc.constantFrom<number[]>([], [columns], [1, columns], [rows, 1], [rows, columns]).chain((
    shape,
  ) => operandOf(shape));
  return fc.record({
    inputs: fc.oneof(fc.constant(inputs), bias.map((bias) => ({ ...inputs, bias }))),
    attributes: fc.constant({ ...attributes, activation: "linear" }),
  });
});

/** Calls of the kernels in lib/engine/kernels/products.ts. */
export const productCases: KernelCases = { BatchMatMul: product(shapes(0, 2)), _FusedMatMul: fused };
