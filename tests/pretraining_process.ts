// Pre-trains a small model with its runs in the folder given: a process that resume_kill_test.ts kills.
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import { runPretraining } from "../lib/systems/pretraining/pretraining.ts";
import { planUniSRec } from "../lib/systems/unisrec/pretrain.ts";
import { smallDomain, smallSizes } from "./small_domain.ts";

const [runs] = Deno.args;
const sources = [
  { ...smallDomain(), name: "First" },
  { ...smallDomain({ items: 20, users: 40, seed: 8 }), name: "Second" },
].map((domain) => ({ ...domain, wordDropped: domain.features }));
console.log("started");
const plan = planUniSRec(sources, { ...smallSizes, experts: 2 }, {
  runs,
  batchSize: 32,
  epochs: 12,
  patience: 12,
  seed: 3,
  checkpointMinutes: 0, // after every step: most of the time is spent inside a checkpoint's write
});
await runPretraining(createOnnxEngine({ threads: 1 }), plan);
