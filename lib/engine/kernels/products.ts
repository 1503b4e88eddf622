import { sizeOf } from "../array_spec.ts";
import { emit, recordingFor, type Value } from "../recorder.ts";
import { registerRecorded } from "./register.ts";
import { reshape } from "./shape.ts";

interface Transposition {
  transposeA: boolean;
  transposeB: boolean;
}

function swapLastAxes(x: Value): Value {
  const perm = x.shape.map((_, axis) => axis);
  perm.push(...perm.splice(-2).reverse());
  return emit("Transpose", [x], perm.map((axis) => x.shape[axis]), x.dtype, { perm });
}

/** Records a product of two matrices: `Gemm`, which takes transposed operands as they are. */
function product(a: Value, b: Value, { transposeA, transposeB }: Transposition, bias: Value[] = []): Value {
  const shape = [a.shape[transposeA ? 1 : 0], b.shape[transposeB ? 0 : 1]];
  return emit("Gemm", [a, b, ...bias], shape, "float32", { transA: +transposeA, transB: +transposeB });
}

registerRecorded<{ a: Value; b: Value }, Transposition>("BatchMatMul", ({ a, b }, transposition) => {
  const { transposeA, transposeB } = transposition;
  const batch = (a.shape.length >= b.shape.length ? a : b).shape.slice(0, -2);
  if (sizeOf(batch) === 1) {
    const matrix = product(reshape(a, a.shape.slice(-2)), reshape(b, b.shape.slice(-2)), transposition);
    return batch.length ? reshape(matrix, [...batch, ...matrix.shape]) : matrix;
  }
  const shape = [...batch, a.shape.at(transposeA ? -1 : -2)!, b.shape.at(transposeB ? -2 : -1)!];
  if (!transposeA && !transposeB) return emit("MatMul", [a, b], shape, "float32");
  if (recordingFor() === "webgpu") {
    // FusedMatMul has no WebGPU form: it would be run on the CPU, with copies to and fro
    return emit(
      "MatMul",
      [transposeA ? swapLastAxes(a) : a, transposeB ? swapLastAxes(b) : b],
      shape,
      "float32",
    );
  }
  const attributes = { transA: +transposeA, transB: +transposeB };
  return emit("FusedMatMul", [a, b], shape, "float32", attributes, "com.microsoft");
});

registerRecorded<{ a: Value; b: Value; bias?: Value }, Transposition & { activation: string }>(
  "_FusedMatMul",
  ({ a, b, bias }, transposition) => {
    const [left, right] = [a, b].map((x) => reshape(x, x.shape.slice(-2)));
    const matrix = product(left, right, transposition, bias ? [bias] : []);
    return a.shape.length > 2 ? reshape(matrix, [1, ...matrix.shape]) : matrix;
  },
);
