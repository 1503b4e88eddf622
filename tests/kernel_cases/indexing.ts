import fc from "fast-check";
import {
  axisOf,
  type KernelCases,
  type Operand,
  operand,
  operandOf,
  type OperandType,
  shapes,
} from "./operand.ts";

const numbers: OperandType[] = ["float32", "int32"];

const gather = operand({ types: [...numbers, "bool"], minRank: 1 }).chain((x) =>
  fc.tuple(axisOf(x.shape.length), shapes(0, 2)).chain(([axis, shape]) =>
    fc.record({
      inputs: fc.record({
        x: fc.constant(x),
        indices: operandOf(shape, "int32", fc.nat(x.shape.at(axis)! - 1)),
      }),
      attributes: fc.constant({ axis, batchDims: 0 }),
    })
  )
);

const gatherNd = operand({ types: numbers, minRank: 1 }).chain((params) =>
  fc.tuple(fc.integer({ min: 1, max: params.shape.length }), shapes(1, 2)).chain(([depth, shape]) => {
    const places = shape.reduce((product, extent) => product * extent, 1);
    const place = fc.tuple(...params.shape.slice(0, depth).map((extent) => fc.nat(extent - 1)));
    const indices = fc.array(place, { minLength: places, maxLength: places }).map((rows) => ({
      shape: [...shape, depth],
      dtype: "int32" as const,
      values: rows.flat(),
    }));
    return fc.record({ inputs: fc.record({ params: fc.constant(params), indices }) });
  })
);

/** Rows are written once each: which of two would stay is not said. */
const scatterUpdate = operand({ types: numbers, minRank: 1 }).chain((tensor) =>
  fc.uniqueArray(fc.nat(tensor.shape[0] - 1), { minLength: 1 }).chain((rows) =>
    fc.record({
      inputs: fc.record({
        tensor: fc.constant(tensor),
        indices: fc.constant<Operand>({ shape: [rows.length, 1], dtype: "int32", values: rows }),
        updates: operandOf([rows.length, ...tensor.shape.slice(1)], tensor.dtype),
      }),
    })
  )
);

// more than 128 segments are summed in another way than few
const segmentSum = fc.tuple(operand({ types: numbers, minRank: 1 }), fc.constantFrom(1, 3, 128, 129, 200))
  .chain(([x, numSegments]) =>
    fc.record({
      inputs: fc.record({
        x: fc.constant(x),
        segmentIds: operandOf([x.shape[0]], "int32", fc.nat(numSegments - 1)),
      }),
      attributes: fc.constant({ numSegments }),
    })
  );

const oneHot = fc.record({
  inputs: fc.record({ indices: operand({ types: ["int32"] }) }),
  attributes: fc.record({
    depth: fc.integer({ min: 1, max: 5 }),
    onValue: fc.constantFrom(1, 7),
    offValue: fc.constantFrom(0, -2),
    dtype: fc.constantFrom(...numbers),
  }),
});

/** Calls of the kernels in lib/engine/kernels/indexing.ts. */
export const indexingCases: KernelCases = {
  GatherV2: gather,
  GatherNd: gatherNd,
  TensorScatterUpdate: scatterUpdate,
  UnsortedSegmentSum: segmentSum,
  OneHot: oneHot,
};
