import * as ort from "onnxruntime-node";
import { EngineError } from "../errors.ts";
import type { Arrays, ArraySpec } from "./array_spec.ts";
import { encodeModel, modelOutputName } from "./graph.ts";
import { type Computation, createProgram, type Engine, type Program } from "./program.ts";
import { recordComputation } from "./record_computation.ts";
import type { Platform } from "./recorder.ts";

/** Settings of ONNX Runtime that people have reason to change. */
export interface OnnxOptions {
  platform?: Platform;
  /** Threads per operator; default: as many as there are processors. */
  threads?: number;
}

function tensors(
  arrays: Arrays,
  specs: Record<string, ArraySpec>,
  rename = (name: string) => name,
): Record<string, ort.Tensor> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { type, shape }]) => [
      rename(name),
      new ort.Tensor(type, arrays[name], shape),
    ]),
  );
}

async function createSession(model: Uint8Array, { platform, threads }: Required<OnnxOptions>) {
  try {
    return await ort.InferenceSession.create(model, {
      executionProviders: platform === "webgpu" ? ["webgpu", "cpu"] : ["cpu"],
      intraOpNumThreads: threads,
      graphOptimizationLevel: "all",
      logSeverityLevel: 3,
      // waiting threads sleep: spinning ones take time from whatever else runs on the machine
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
  } catch (cause) {
    throw new EngineError({
      where: `ONNX Runtime (${platform})`,
      expected: "a session for the recorded graph",
      found: String(cause instanceof Error ? cause.message : cause),
      advice: platform === "webgpu"
        ? 'Use engine "onnx-cpu" if there is no GPU adapter.'
        : "Please report it.",
    }, { cause });
  }
}

/** Makes the engine that records a computation once and runs the graph with ONNX Runtime. */
export function createOnnxEngine(options: OnnxOptions = {}): Engine {
  const settings = { platform: "cpu" as const, threads: navigator.hardwareConcurrency, ...options };
  async function compile(computation: Computation, inputs: Record<string, ArraySpec>): Promise<Program> {
    const { graph, noise, outputs } = await recordComputation(computation, inputs, settings.platform);
    const session = await createSession(encodeModel(graph), settings);
    return createProgram({ inputs, noise, outputs }, {
      async run(arrays, specs, results) {
        await session.run(tensors(arrays, specs), tensors(results, outputs, modelOutputName));
      },
      release: () => session.release(),
    });
  }
  const where = settings.platform === "webgpu" ? "on WebGPU" : `on the CPU with ${settings.threads} threads`;
  return {
    name: `onnx-${settings.platform}`,
    description: `Compiled: tfjs code recorded as one ONNX graph, run by ONNX Runtime ${where}.`,
    compile,
  };
}
