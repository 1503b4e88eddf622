import * as tf from "@tensorflow/tfjs";
import { EngineError } from "../errors.ts";
import { createOnnxEngine } from "./onnx_engine.ts";

/** Tries WebGPU with one small computation and returns null, or one line that says why it cannot be used. */
export async function webgpuProblem(): Promise<string | null> {
  const engine = createOnnxEngine({ platform: "webgpu" });
  try {
    const program = await engine.compile(({ x }) => ({ y: tf.neg(x) }), {
      x: { shape: [1], type: "float32" },
    });
    await program.release();
    return null;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    // ONNX Runtime puts the place in its source before the message
    return /Failed to get a WebGPU adapter.*/.exec(error.message)?.[0] ?? error.problem.found;
  }
}
