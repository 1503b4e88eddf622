// A data set of the size of the paper's sources together (1,361,408 users, 446,975 items, 14 million interactions), random:
// written as interactions.csv, read, packed, and trained on for 200 steps with drawn items; memory, and what 300 epochs take.
//   npx -y deno@2.9.6 run -A tests/bench/paper_size_training.ts [trans|sasrec] [hidden size] [steps]
import process from "node:process";
import { loadProfile } from "../../lib/data/profile.ts";
import { createGenerator, integer, uniform } from "../../lib/random.ts";
import { peakMemory, startTimedTraining, syntheticCatalogue } from "./catalogue.ts";
import { modelFor } from "./scientific.ts";

const [kind = "trans", hiddenSize = "300", steps = "200"] = Deno.args;
const [users, items, interactions] = [1_361_408, 446_975, 14_000_000];

let before = process.cpuUsage();
let start = performance.now();
/** Says what was done, and what it took since the last was said. */
function report(what: string) {
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${what}: ${seconds.toFixed(0)} s, ${((user + system) / 1e6).toFixed(0)} of processors, ` +
      `peak memory ${peakMemory().toFixed(2)} GiB`,
  );
  [before, start] = [process.cpuUsage(), performance.now()];
}

/** Writes users' interactions with items, of which the first are chosen most. */
async function write(path: string): Promise<void> {
  const generator = createGenerator(1);
  using file = await Deno.open(path, { write: true, create: true });
  const writer = file.writable.getWriter();
  const encoder = new TextEncoder();
  await writer.write(encoder.encode("user,item,time\n"));
  for (let user = 0, left = interactions; user < users; user++) {
    const count = Math.round(left / (users - user));
    left -= count;
    const lines = Array.from({ length: count }, () => {
      const item = Math.floor(items * uniform(generator) ** 2);
      return `U${user},B${item},${1_200_000_000 + integer(generator, 3e8)}\n`;
    });
    await writer.write(encoder.encode(lines.join("")));
  }
  writer.releaseLock();
}

const root = await Deno.makeTempDir();
try {
  await Deno.mkdir(`${root}/Paper`);
  await write(`${root}/Paper/interactions.csv`);
  report("written");
  Deno.env.set("UNISREC_DATA", root);
  const read = (await loadProfile("Paper")).targets[0];
  report(
    `read: ${read.userIds.length} users, ${read.itemIds.length} items, ${read.sequences.items.length} interactions`,
  );
  const { features } = syntheticCatalogue(read.itemIds.length, 10, kind === "sasrec" ? null : 768);
  const domain = { ...read, features };
  const model = modelFor(domain, kind, Number(hiddenSize));
  const training = await startTimedTraining(domain, model, "popularity");
  report(
    `packed and compiled: ${model.name} ${hiddenSize}, ${training.stepsOfEpoch} steps an epoch, ` +
      `${training.instancesOfEpoch} instances, a step knows ${training.known} items`,
  );
  let [seconds, processor] = [0, 0];
  for (let step = 1; step <= Number(steps); step++) {
    const taken = await training.step();
    seconds += taken.seconds;
    processor += taken.processor;
    if (step % 50 === 0) report(`${step} steps`);
  }
  const epoch = (total: number) => total / Number(steps) * training.stepsOfEpoch;
  const days = (total: number) => (300 * epoch(total) / 86_400).toFixed(1);
  console.log(
    `an epoch: ${epoch(seconds).toFixed(0)} s by the clock, ${epoch(processor).toFixed(0)} of processors; ` +
      `300 epochs: ${days(seconds)} days by the clock, ${
        days(processor / 2)
      } if nothing else ran on two processors`,
  );
  await training.release();
} finally {
  await Deno.remove(root, { recursive: true });
}
