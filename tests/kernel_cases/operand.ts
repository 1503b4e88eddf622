import type * as tf from "@tensorflow/tfjs";
import fc from "fast-check";

/** The types of tensors that can be recorded. */
export type OperandType = "float32" | "int32" | "bool";

/** A tensor that a kernel is given. */
export interface Operand {
  shape: number[];
  dtype: OperandType;
  values: number[];
}

/** One call of a tfjs kernel. */
export interface KernelCase {
  inputs: Record<string, Operand> | Operand[];
  attributes?: tf.NamedAttrMap;
}

/** Random calls of tfjs kernels, by the kernel's name. */
export type KernelCases = Record<string, fc.Arbitrary<KernelCase>>;

/** Multiples of 1/8 from −4 to 4: sums and products of some of them are exact, and two of them are often equal. */
export const eighths = fc.integer({ min: -32, max: 32 }).map((n) => n / 8);

/** The same without 0. */
export const nonZero = eighths.map((value) => value === 0 ? 1 : value);

/** Positive numbers from 1/8 to 100. */
export const positive = fc.integer({ min: 1, max: 800 }).map((n) => n / 8);

/** Numbers far from 0, where functions saturate, and near it. */
export const wide = fc.oneof(eighths, fc.integer({ min: -80, max: 80 }));

const typical: Record<OperandType, fc.Arbitrary<number>> = {
  float32: eighths,
  int32: fc.integer({ min: -5, max: 5 }),
  bool: fc.nat(1),
};

/** Random shapes; axes of size 1 are frequent. */
export function shapes(minRank: number, maxRank: number): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 1, max: 4 }), { minLength: minRank, maxLength: maxRank });
}

/** Random tensors of one shape. */
export function operandOf(
  shape: number[],
  dtype: OperandType = "float32",
  value: fc.Arbitrary<number> = typical[dtype],
): fc.Arbitrary<Operand> {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return fc.array(value, { minLength: size, maxLength: size }).map((values) => ({ shape, dtype, values }));
}

/** Random tensors of random shapes of at most four axes. */
export function operand(
  { types = ["float32"], minRank = 0, value }: {
    types?: OperandType[];
    minRank?: number;
    value?: fc.Arbitrary<number>;
  } = {},
): fc.Arbitrary<Operand> {
  return fc.tuple(shapes(minRank, 4), fc.constantFrom(...types)).chain(([shape, dtype]) =>
    operandOf(shape, dtype, value)
  );
}

/** An axis of a shape, counted from the start or, if negative, from the end. */
export function axisOf(rank: number): fc.Arbitrary<number> {
  return fc.integer({ min: -rank, max: rank - 1 });
}
