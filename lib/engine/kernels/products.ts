import * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../array_spec.ts";
import { emit, recordingFor, type Value } from "../recorder.ts";
import { notRecorded, registerRecorded } from "./register.ts";
import { reshape } from "./shape.ts";

const broadcast = tf.backend_util.assertAndGetBroadcastShape;

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

/** Records products of matrices in batches that are broadcast against each other. */
function batchProduct(a: Value, b: Value, transposition: Transposition): Value {
  const { transposeA, transposeB } = transposition;
  const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
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
}

registerRecorded<{ a: Value; b: Value }, Transposition>(
  "BatchMatMul",
  ({ a, b }, transposition) => batchProduct(a, b, transposition),
);

registerRecorded<{ a: Value; b: Value; bias?: Value }, Transposition & { activation: string }>(
  "_FusedMatMul",
  ({ a, b, bias }, { activation, ...transposition }) => {
    if (activation !== "linear") throw notRecorded("_FusedMatMul", 'activation "linear"', activation);
    // Gemm adds a bias to one matrix only
    if (bias && a.shape[0] === 1 && b.shape[0] === 1 && bias.shape.length <= 2) {
      const [left, right] = [a, b].map((x) => reshape(x, x.shape.slice(-2)));
      const matrix = product(left, right, transposition, [bias]);
      return reshape(matrix, [1, ...matrix.shape]);
    }
    const products = batchProduct(a, b, transposition);
    return bias ? emit("Add", [products, bias], broadcast(products.shape, bias.shape), "float32") : products;
  },
);
