import fc from "fast-check";
import { axisOf, type KernelCase, type KernelCases, operand, type OperandType, wide } from "./operand.ts";

/** One axis, or several different ones, in any order and counted from either end. */
function axesOf(rank: number): fc.Arbitrary<number | number[]> {
  const several = fc.uniqueArray(axisOf(rank), { selector: (axis) => (axis + rank) % rank });
  return fc.oneof(axisOf(rank), several);
}

function reduction(axisName: "axis" | "reductionIndices", types: OperandType[]): fc.Arbitrary<KernelCase> {
  return operand({ types, minRank: 1 }).chain((x) =>
    fc.record({
      inputs: fc.constant({ x }),
      attributes: fc.record({ [axisName]: axesOf(x.shape.length), keepDims: fc.boolean() }),
    })
  );
}

// tfjs normalises over the last axis only
const softmax = operand({ minRank: 1, value: wide }).map((logits) => ({
  inputs: { logits },
  attributes: { dim: logits.shape.length - 1 },
}));

/** Calls of the kernels in lib/engine/kernels/reductions.ts. */
export const reductionCases: KernelCases = {
  Sum: reduction("axis", ["float32", "int32"]),
  Mean: reduction("axis", ["float32", "int32"]),
  Max: reduction("reductionIndices", ["float32", "int32"]),
  Softmax: softmax,
};
