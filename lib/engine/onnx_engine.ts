import * as ort from "onnxruntime-node";
import * as tf from "@tensorflow/tfjs";
import { countOf } from "../count_of.ts";
import { EngineError } from "../errors.ts";
import { allocate, type Arrays, type ArraySpec, type NumberArray } from "./array_spec.ts";
import { encodeModel, modelOutputName } from "./graph.ts";
import {
  copyHere,
  type Held,
  type HeldArray,
  holdHere,
  isHeld,
  specsOf,
  type Values,
  writeRowsHere,
} from "./held_array.ts";
import { createEngine, type Engine, type EngineParts } from "./program.ts";
import { recordComputation, type Recording } from "./record_computation.ts";
import { defaultThreads } from "./threads.ts";
import type { Platform } from "./recorder.ts";

/** Settings of ONNX Runtime that people have reason to change. */
export interface OnnxOptions {
  platform?: Platform;
  /** Threads per operator; default: `UNISREC_THREADS`, or as many as there are processors. */
  threads?: number;
}

type Specs = Record<string, ArraySpec>;
type Tensors = Record<string, ort.Tensor>;

/** Returns an array as ONNX Runtime takes it: in this process's memory, or where a GPU left it. */
function tensorOf(value: NumberArray | HeldArray, { type, shape }: ArraySpec): ort.Tensor {
  if (!isHeld(value)) return new ort.Tensor(type, value, shape);
  return value.content instanceof ort.Tensor
    ? value.content
    : new ort.Tensor(type, value.content as NumberArray, shape);
}

function tensorsOf(values: Values, specs: Specs, rename = (name: string) => name) {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [rename(name), tensorOf(values[name], spec)]),
  );
}

async function createSession(
  model: Uint8Array,
  { platform, threads }: Required<OnnxOptions>,
  outputs: Specs,
  held: Specs,
) {
  try {
    return await ort.InferenceSession.create(model, {
      executionProviders: [platform],
      intraOpNumThreads: threads,
      graphOptimizationLevel: "all",
      logSeverityLevel: 3,
      ...(platform === "webgpu" && Object.keys(held).length > 0
        ? {
          preferredOutputLocation: Object.fromEntries(
            Object.keys(outputs).map((name) => [modelOutputName(name), name in held ? "gpu-buffer" : "cpu"]),
          ),
        }
        : {}),
      extra: {
        session: {
          // waiting threads sleep: spinning ones take time from whatever else runs on the machine
          intra_op: { allow_spinning: "0" },
          // an operator without a WebGPU form would send its arrays to the CPU and back: an error instead. Such a one is
          // QuantizeLinear, which ONNX Runtime itself would put around what is done with dropout masks
          ...(platform === "webgpu" ? { disable_cpu_ep_fallback: "1", disable_quant_qdq: "1" } : {}),
        },
      },
    });
  } catch (cause) {
    throw new EngineError({
      where: `ONNX Runtime (${platform})`,
      expected: "a session for the recorded graph",
      found: String(cause instanceof Error ? cause.message : cause),
      advice: platform === "webgpu"
        ? 'Use engine "onnx-cpu" if there is no GPU adapter, or for an operator that WebGPU does not have.'
        : "Please report it.",
    }, { cause });
  }
}

/** Runs a session all of whose outputs that stay are on the GPU. */
function runOnGpu(session: ort.InferenceSession, specs: { held: Specs; returned: Specs }) {
  return async (feeds: Tensors, results: Arrays): Promise<Held> => {
    if (Object.keys(specs.held).length === 0) {
      await session.run(feeds, tensorsOf(results, specs.returned, modelOutputName));
      return {};
    }
    // where an output stays on the GPU, ONNX Runtime does not write the others into given arrays
    const outputs = await session.run(feeds);
    for (const [name, array] of Object.entries(results)) {
      array.set(outputs[modelOutputName(name)].data as NumberArray);
    }
    return heldOf(specs.held, (name) => {
      const content = outputs[modelOutputName(name)] as ort.Tensor;
      return { content, release: () => content.dispose() };
    });
  };
}

/** Runs a session whose outputs stay in this process's memory: arrays that are released take later results. */
function runInMemory(session: ort.InferenceSession, { held, returned }: { held: Specs; returned: Specs }) {
  const free = Object.fromEntries(Object.keys(held).map((name): [string, NumberArray[]] => [name, []]));
  return async (feeds: Tensors, results: Arrays): Promise<Held> => {
    const staying = Object.fromEntries(
      Object.entries(held).map(([name, spec]) => [name, free[name].pop() ?? allocate(spec)]),
    );
    const outputs = { ...results, ...staying };
    await session.run(feeds, tensorsOf(outputs, { ...returned, ...held }, modelOutputName));
    return heldOf(held, (name) => {
      const content = staying[name];
      return { content, release: () => void free[name].push(content) };
    });
  };
}

function heldOf(specs: Specs, make: (name: string) => Omit<HeldArray, "spec">): Held {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const { content, release } = make(name);
      let isReleased = false; // an array that was given back twice would be two results at once
      const releaseOnce = () => {
        if (!isReleased) release();
        isReleased = true;
      };
      return [name, { spec, content, release: releaseOnce }];
    }),
  );
}

/** Copies to and from the GPU, by programs that return what they are given; one is kept for each set of shapes. */
function gpuCopies(engine: () => Engine): Pick<Engine, "hold" | "read"> {
  const same = (inputs: Record<string, tf.Tensor>) =>
    Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, tf.clone(tensor)]));
  const kept = new Map<string, Promise<unknown>>();
  function once<T>(direction: string, specs: Specs, compile: () => Promise<T>) {
    const key = direction + JSON.stringify(specs);
    if (!kept.has(key)) kept.set(key, compile());
    return kept.get(key) as Promise<T>;
  }
  return {
    async hold(arrays, specs) {
      const names = Object.keys(specs);
      const compile = () => engine().compileHolding(same, specs, names);
      return (await (await once("hold", specs, compile)).run(arrays)).held;
    },
    async read(held) {
      const specs = specsOf(held);
      return await (await once("read", specs, () => engine().compile(same, specs))).run(held);
    },
  };
}

/** Makes the engine that records a computation once and runs the graph with ONNX Runtime. */
export function createOnnxEngine(options: OnnxOptions = {}): Engine {
  const settings = { platform: "cpu" as const, threads: defaultThreads(), ...options };
  const onGpu = settings.platform === "webgpu";
  const copies: Pick<EngineParts<Recording>, "hold" | "read" | "writeRows"> = onGpu
    ? gpuCopies(() => engine)
    : {
      hold: (arrays, specs) => Promise.resolve(holdHere(arrays, specs)),
      read: (held) => Promise.resolve(copyHere(held)),
      writeRows: writeRowsHere,
    };
  const where = onGpu ? "on WebGPU" : `on the CPU with ${countOf(settings.threads, "thread")}`;
  const engine: Engine = createEngine({
    name: `onnx-${settings.platform}`,
    description: `Compiled: tfjs code recorded as one ONNX graph, run by ONNX Runtime ${where}.`,
    record: (computation, inputs) => recordComputation(computation, inputs, settings.platform),
    async prepare({ graph, outputs }, _computation, _inputs, held) {
      const session = await createSession(encodeModel(graph), settings, outputs, held);
      const returned = Object.fromEntries(Object.entries(outputs).filter(([name]) => !(name in held)));
      const run = (onGpu ? runOnGpu : runInMemory)(session, { held, returned });
      return {
        run: (values, specs, results) => run(tensorsOf(values, specs), results),
        release: () => session.release(),
      };
    },
    ...copies,
  });
  return engine;
}
