// Every system of Table 3 on WebGPU against the CPU: the engine refuses operators that have no WebGPU form.
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { webgpuProblem } from "../../lib/engine/webgpu.ts";
import type { Engine } from "../../lib/engine/program.ts";
import { runExperiments } from "../../lib/experiments/run_experiments.ts";
import { assertClose } from "../golden.ts";
import { namedDomain, neuralSystems, sizes } from "./train_system.ts";

const problem = await webgpuProblem();
const unless = problem === null ? "" : ` (ignored: ${problem})`;
const target = namedDomain("Target", { items: 60, users: 60 });
const sources = [
  namedDomain("A", { items: 50, users: 50, seed: 1 }),
  namedDomain("B", { items: 55, users: 50, seed: 2 }),
];
const short = { batchSize: 64, epochs: 1, patience: 1 };

async function train(engine: Engine, system: string): Promise<{ loss: number; metric: number }> {
  const { hiddenSize, ...others } = { hiddenSize: 16, ...sizes };
  const experiment = { system, dataset: target.name, learningRate: 1e-3, hiddenSize, seed: 1 };
  const [{ curve: [{ loss, metric }] }] = await runExperiments(engine, [experiment], [target], sources, {
    sizes: others,
    training: short,
    pretraining: { ...short, learningRate: 1e-3 },
    runs: null,
  });
  return { loss, metric: metric! };
}

for (const { name } of neuralSystems) {
  Deno.test({
    name: `${name} is pre-trained, trained and ranked on WebGPU as on the CPU${unless}`,
    ignore: problem !== null,
    async fn() {
      const found = await train(createOnnxEngine({ platform: "webgpu" }), name);
      const expected = await train(createOnnxEngine(), name);
      assertClose([found.loss], [expected.loss], "loss");
      // other roundings may move single users by a rank
      assertClose([found.metric], [expected.metric], "NDCG@10", 0.02);
    },
  });
}
