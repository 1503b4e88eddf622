import fc from "fast-check";
import {
  axisOf,
  type KernelCases,
  nonZero,
  type Operand,
  operand,
  operandOf,
  type OperandType,
  shapes,
} from "./operand.ts";

const numbers: OperandType[] = ["float32", "int32"];
const anything: OperandType[] = [...numbers, "bool"];

const tensor = operand({ types: anything });
const tensorWithAxes = operand({ types: anything, minRank: 1 });

/** The same numbers in another shape, of which one extent may be left to be found (−1). */
const reshaped = tensor.chain(({ shape, ...x }) => {
  const size = x.values.length;
  return fc.record({
    inputs: fc.constant({ x: { shape, ...x } }),
    attributes: fc.record({ shape: fc.constantFrom([size], [1, size], [-1], [-1, 1], shape.toReversed()) }),
  });
});

const expanded = tensor.chain((input) =>
  fc.record({
    inputs: fc.constant({ input }),
    attributes: fc.record({ dim: axisOf(input.shape.length + 1) }),
  })
);

const transposed = tensorWithAxes.chain((x) => {
  const axes = x.shape.map((_, axis) => axis);
  return fc.record({
    inputs: fc.constant({ x }),
    attributes: fc.record({ perm: fc.shuffledSubarray(axes, { minLength: axes.length }) }),
  });
});

const sliced = tensorWithAxes.chain((x) => {
  const range = (extent: number) =>
    fc.nat(extent - 1).chain((begin) =>
      fc.tuple(fc.constant(begin), fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: extent - begin })))
    );
  return fc.tuple(...x.shape.map(range)).map((ranges) => ({
    inputs: { x },
    attributes: { begin: ranges.map(([begin]) => begin), size: ranges.map(([, size]) => size) },
  }));
});

const padded = operand({ types: numbers, minRank: 1 }).chain((x) => {
  const widths = fc.tuple(fc.nat(2), fc.nat(2));
  return fc.record({
    inputs: fc.constant({ x }),
    attributes: fc.record({
      paddings: fc.tuple(...x.shape.map(() => widths)),
      constantValue: fc.constantFrom(0, 3),
    }),
  });
});

/** Tensors that agree in all axes but one. */
const concatenated = tensorWithAxes.chain(({ shape, dtype }) =>
  axisOf(shape.length).chain((axis) => {
    const at = axis < 0 ? axis + shape.length : axis;
    const part = fc.integer({ min: 1, max: 3 }).chain((extent) => operandOf(shape.with(at, extent), dtype));
    return fc.record({
      inputs: fc.array(part, { minLength: 1, maxLength: 4 }),
      attributes: fc.constant({ axis }),
    });
  })
);

const packed = tensor.chain(({ shape, dtype }) =>
  fc.record({
    inputs: fc.array(operandOf(shape, dtype), { minLength: 1, maxLength: 4 }),
    attributes: fc.record({ axis: axisOf(shape.length + 1) }),
  })
);

const unpacked = tensorWithAxes.chain((value) =>
  fc.record({ inputs: fc.constant({ value }), attributes: fc.record({ axis: axisOf(value.shape.length) }) })
);

/** Splits into equal parts, or into parts of given sizes, one of which may be left to be found (−1). */
const split = tensorWithAxes.chain((x) =>
  axisOf(x.shape.length).chain((axis) => {
    const extent = x.shape.at(axis)!;
    const divisors = [1, 2, 3, 4].filter((parts) => extent % parts === 0);
    const sizes = extent > 1 ? [[1, extent - 1], [extent - 1, -1]] : [[1]];
    return fc.record({
      inputs: fc.constant({ x }),
      attributes: fc.record({
        numOrSizeSplits: fc.constantFrom<number | number[]>(...divisors, ...sizes),
        axis: fc.constant(axis),
      }),
    });
  })
);

const tiled = tensorWithAxes.chain((x) =>
  fc.record({
    inputs: fc.constant({ x }),
    attributes: fc.record({ reps: fc.tuple(...x.shape.map(() => fc.integer({ min: 1, max: 3 }))) }),
  })
);

const filled = fc.record({
  inputs: fc.constant({}),
  attributes: fc.record({
    shape: fc.oneof(shapes(0, 4), fc.constant([40, 50])),
    value: fc.integer({ min: -3, max: 3 }),
    dtype: fc.constantFrom(...numbers),
  }),
});

const like = fc.record({ inputs: fc.record({ x: tensor }) });

const range = fc.tuple(nonZero, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -8, max: 8 })).map((
  [step, count, start],
) => ({
  inputs: {} as Record<string, Operand>,
  // the end lies inside the last step, so that no rounding decides about the number of values; tfjs turns a step of 1
  // round where the end is below the start
  attributes: { start, stop: start + (count - 0.5) * step, step, dtype: "float32" },
}));

/** Calls of the kernels in lib/engine/kernels/shape.ts. */
export const shapeCases: KernelCases = {
  Reshape: reshaped,
  ExpandDims: expanded,
  Transpose: transposed,
  Slice: sliced,
  PadV2: padded,
  Concat: concatenated,
  Pack: packed,
  Unpack: unpacked,
  SplitV: split,
  Tile: tiled,
  Fill: filled,
  ZerosLike: like,
  OnesLike: like,
  Range: range,
};
