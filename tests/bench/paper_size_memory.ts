// A hundred pre-training steps and one validation on a random set of the paper's size, and the memory they take:
//   deno run -A tests/bench/paper_size_memory.ts [steps]
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { createSourceValidation } from "../../lib/evaluation/source_validation.ts";
import { createUniSRec } from "../../lib/systems/unisrec/model.ts";
import { initialiseParameters } from "../../lib/nn/parameters.ts";
import { createGenerator, integer, uniform } from "../../lib/random.ts";
import { joinDomains, type SourceDomain } from "../../lib/training/joined/joined_domains.ts";
import { createPretrainingBatches } from "../../lib/systems/unisrec/batches.ts";
import { defaultTasks, pretrainingLoss } from "../../lib/systems/unisrec/loss.ts";
import { createTrainer, initialState } from "../../lib/training/trainer.ts";

// the sums of the paper's five sources, in equal parts; ten items in a sequence
const domainCount = 5;
const [users, items, length] = [1_361_408 / domainCount, 446_975 / domainCount, 10].map(Math.floor);
const steps = Number(Deno.args[0] ?? 100);

/** Random features, cheaply: what they are does not matter for memory, only that no row is like another. */
function features(seed: number): SourceDomain["features"] {
  const values = new Float32Array(items * 768);
  for (let i = 0; i < values.length; i++) {
    values[i] = (Math.imul(i + seed, 0x9e3779b1) >>> 16) / 65536 - 0.5;
  }
  return { values, rows: items, width: 768 };
}

function randomDomain(name: string, seed: number): SourceDomain {
  const generator = createGenerator(seed);
  return {
    name,
    itemIds: [],
    itemTexts: null,
    sequences: {
      items: Int32Array.from({ length: users * length }, () => Math.floor(items * uniform(generator) ** 2)),
      offsets: Int32Array.from({ length: users + 1 }, (_, user) => user * length),
    },
    features: features(integer(generator, 2 ** 30)),
    wordDropped: features(integer(generator, 2 ** 30)),
  };
}

/** The most memory that the process has held so far, in GiB. */
function peakMemory(): number {
  const [, kilobytes] = Deno.readTextFileSync("/proc/self/status").match(/VmHWM:\s+(\d+) kB/)!;
  return Number(kilobytes) / 2 ** 20;
}

const report = (what: string) => console.log(`${what}: peak memory ${peakMemory().toFixed(2)} GiB`);
const domains = Array.from({ length: domainCount }, (_, i) => randomDomain(`domain ${i + 1}`, i));
report(`${domainCount * users} users, ${domainCount * items} items, two feature tables`);

const engine = createOnnxEngine();
const joined = joinDomains(domains);
const model = createUniSRec(joined.firstItems.at(-1)!);
const batches = createPretrainingBatches(joined, 2048, model.maxLength);
const generator = createGenerator(1);
const trainer = await createTrainer(
  engine,
  {
    loss: pretrainingLoss(model, defaultTasks, joined.names),
    parameters: model.parameters,
    inputs: batches.inputs,
  },
  initialState(model.parameters, initialiseParameters(model.parameters, generator)),
);
const epoch = batches.batches(generator);
report(`an epoch of ${epoch.length} batches, ${batches.featureRows} rows of features in each`);
const start = performance.now();
for (const batch of epoch.slice(0, steps)) await trainer.step(batch.arrays(generator), 1e-3, generator);
const speed = 1000 * epoch.slice(0, steps).reduce((sum, { instances }) => sum + instances, 0) /
  (performance.now() - start);
report(`${steps} steps, ${speed.toFixed(0)} instances/s`);
const validation = await createSourceValidation(engine, createUniSRec, domains);
await validation.validate(trainer.parameters);
report("validation on the sources");
