import { EngineError, ParameterError } from "../errors.ts";
import { createEagerEngine } from "./eager_engine.ts";
import { createOnnxEngine } from "./onnx_engine.ts";
import type { Engine } from "./program.ts";
import { loadTensorflow, tensorflowHasGpu, tensorflowName } from "./tensorflow.ts";
import { webgpuProblem } from "./webgpu.ts";

/** The names by which an engine can be asked for. */
export const engineNames = ["auto", "onnx-cpu", "onnx-webgpu", "tensorflow", "tfjs-cpu"] as const;

/** What `chooseEngine` calls from outside; a test gives its own. */
export interface EngineLoaders {
  /** Registers the tfjs back-end "tensorflow", or throws. */
  loadTensorflow: () => Promise<void>;
}

/** Loads TensorFlow and returns null, or one line that says why it cannot be used. */
async function tensorflowProblem(load: () => Promise<void>): Promise<string | null> {
  try {
    await load();
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.includes("native addon module")
      ? "its native library is not installed"
      : message.split("\n")[0].trim();
  }
}

/** Adds to an engine's description why it was chosen. */
function because(engine: Engine, reason: string): Engine {
  return { ...engine, description: `${engine.description} Chosen because ${reason}.` };
}

async function chooseAutomatically(load: () => Promise<void>): Promise<Engine> {
  const problem = await tensorflowProblem(load);
  if (problem !== null) return because(createOnnxEngine(), `tfjs-node-gpu cannot be used: ${problem}`);
  return tensorflowHasGpu()
    ? because(createEagerEngine(tensorflowName), "tfjs-node-gpu found a GPU")
    : because(createOnnxEngine(), "tfjs-node-gpu found no GPU");
}

async function createTensorflowEngine(load: () => Promise<void>): Promise<Engine> {
  const problem = await tensorflowProblem(load);
  if (problem === null) return createEagerEngine(tensorflowName);
  throw new EngineError({
    where: 'engine "tensorflow"',
    expected: "the package tfjs-node-gpu with its native library",
    found: `one that cannot be loaded: ${problem}`,
    advice: 'Install the library as the README says, or use engine "onnx-cpu".',
  });
}

async function createWebgpuEngine(): Promise<Engine> {
  const problem = await webgpuProblem();
  if (problem === null) return createOnnxEngine({ platform: "webgpu" });
  throw new EngineError({
    where: 'engine "onnx-webgpu"',
    expected: "a GPU adapter (on Linux: a Vulkan driver and libvulkan.so.1)",
    found: `none: ${problem}`,
    advice: 'Install the driver, or use engine "onnx-cpu".',
  });
}

/**
 * Returns the engine of a name; "auto" takes TensorFlow if it has a GPU, and else ONNX Runtime on the CPU.
 *
 * The engine's description says in one line what was chosen and why.
 *
 * - "onnx-cpu", "onnx-webgpu": tfjs code recorded as one ONNX graph, run on the CPU or a GPU
 * - "tensorflow": tfjs-node-gpu, operation by operation
 * - "tfjs-cpu": tfjs in plain JavaScript: slow, for checking the others
 *
 * @throws {ParameterError} if there is no engine of that name
 * @throws {EngineError} if the engine cannot run on this machine; only "auto" turns to another one
 * @example
 * ```ts
 * import { chooseEngine } from "./choose_engine.ts";
 *
 * const engine = await chooseEngine();
 * console.info(engine.description);
 * ```
 */
export async function chooseEngine(
  name: string = "auto",
  loaders: EngineLoaders = { loadTensorflow },
): Promise<Engine> {
  switch (name) {
    case "auto":
      return await chooseAutomatically(loaders.loadTensorflow);
    case "tensorflow":
      return because(await createTensorflowEngine(loaders.loadTensorflow), "it was asked for");
    case "onnx-cpu":
      return because(createOnnxEngine(), "it was asked for");
    case "onnx-webgpu":
      return because(await createWebgpuEngine(), "it was asked for");
    case "tfjs-cpu":
      return because(createEagerEngine("cpu"), "it was asked for");
    default:
      throw new ParameterError({
        where: "engineName",
        expected: `one of ${engineNames.join(", ")}`,
        found: name,
        advice: 'Use "auto" if you have no preference.',
      });
  }
}
