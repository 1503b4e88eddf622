import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Arrays, ArraySpec } from "../lib/engine/array_spec.ts";
import { createEagerEngine } from "../lib/engine/eager_engine.ts";
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import type { Computation, Engine } from "../lib/engine/program.ts";
import type { KernelCase, Operand } from "./kernel_cases/operand.ts";

/** The engine that is tested, and the one whose results are taken as right. */
export const engines: { compiled: Engine; eager: Engine } = {
  compiled: createOnnxEngine(),
  eager: createEagerEngine("cpu"),
};

/** Compiles a computation, runs it once and frees it. */
export async function runOnce(
  engine: Engine,
  computation: Computation,
  specs: Record<string, ArraySpec>,
  arrays: Arrays,
): Promise<Arrays> {
  const program = await engine.compile(computation, specs);
  try {
    return await program.run(arrays);
  } finally {
    await program.release();
  }
}

/** Bytes stand for truth values: programs have no such inputs. */
const inputTypes = { float32: "float32", int32: "int32", bool: "uint8" } as const;

function arrayOf({ dtype, values }: Operand) {
  return dtype === "float32"
    ? Float32Array.from(values)
    : dtype === "int32"
    ? Int32Array.from(values)
    : Uint8Array.from(values);
}

/** Fails unless two results agree, number by number: integers exactly, floats to a few roundings. */
function assertAgree(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string) {
  assert.equal(actual.length, expected.length, `${what}: number of values`);
  for (let i = 0; i < expected.length; i++) {
    const allowed = expected instanceof Float32Array ? 1e-6 + 1e-5 * Math.abs(expected[i]) : 0;
    if (Math.abs(actual[i] - expected[i]) <= allowed) continue;
    assert.fail(`${what}[${i}]: expected ${expected[i]}, found ${actual[i]}`);
  }
}

/**
 * Runs one tfjs kernel compiled and eagerly, and fails unless shapes, types and numbers of its results agree.
 *
 * @param kernel tfjs's name, for example "BatchMatMul"
 */
export async function assertKernelAgrees(kernel: string, { inputs, attributes = {} }: KernelCase) {
  const operands = Object.entries(inputs);
  const specs = Object.fromEntries(
    operands.map(([name, { shape, dtype }]) => [name, { shape, type: inputTypes[dtype] }]),
  );
  const arrays = Object.fromEntries(operands.map(([name, operand]) => [name, arrayOf(operand)]));
  let results: { shape: number[]; dtype: string }[] = [];
  const computation: Computation = (given) => {
    const tensors = operands.map(([name, { dtype }]) => [name, tf.cast(given[name], dtype)] as const);
    // some kernels take a list instead of named inputs
    const asGiven = Array.isArray(inputs) ? tensors.map(([, tensor]) => tensor) : Object.fromEntries(tensors);
    const run = tf.engine().runKernel(kernel, asGiven as tf.NamedTensorMap, attributes) as
      | tf.Tensor
      | tf.Tensor[];
    const outputs = [run].flat();
    results = outputs.map(({ shape, dtype }) => ({ shape, dtype }));
    return Object.fromEntries(
      outputs.map((output, i) => [i, output.dtype === "bool" ? tf.cast(output, "int32") : output]),
    );
  };
  const expected = await runOnce(engines.eager, computation, specs, arrays);
  const expectedResults = results;
  const program = await engines.compiled.compile(computation, specs);
  assert.deepEqual(results, expectedResults, `${kernel}: shapes and types`);
  const actual = await program.run(arrays);
  await program.release();
  for (const name of Object.keys(expected)) assertAgree(actual[name], expected[name], `${kernel} ${name}`);
}
