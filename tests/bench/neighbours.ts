// Counts neighbours of synthetic histories, and recommends for one user at a time, for growing numbers of interactions
// and items, each size in a process of its own:
//   deno run -A tests/bench/neighbours.ts
// Items are drawn by Zipf's law, p(rank) ∝ 1 / rank, each by itself: hardly a pair comes twice, so that the matrix is
// larger than that of real histories, and the most popular items have neighbours by the hundred thousand.
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Sequences } from "../../lib/data/domain.ts";
import { sequenceOf } from "../../lib/data/domain.ts";
import { createGenerator, integer, uniform } from "../../lib/random.ts";
import { countNeighbours } from "../../lib/systems/neighbours/count_neighbours.ts";
import { readyNeighbours } from "../../lib/systems/neighbours/ready.ts";
import { topNeighbours } from "../../lib/systems/neighbours/top_neighbours.ts";

const settings = { window: 10, backward: 1, power: 0.5, decay: 0.8, smoothing: null };
/** Items of a history that train; two more are held out. */
const trained = 10;
const requests = 2000;
const sizes = [
  ...[1e5, 1e6, 1e7].map((interactions) => ({ interactions, items: 1e5 })),
  ...[1e4, 1e5, 1e6].map((items) => ({ interactions: 1e7, items })),
];

/** What one size took. */
interface Cost {
  interactions: number;
  items: number;
  entries: number;
  /** Wall-clock. */
  seconds: number;
  /** Of the processor: it hardly depends on what else the machine does. */
  processor: number;
  /** Of the whole process, in GiB: the histories and everything else included. */
  peak: number;
  /** Milliseconds of the processor to recommend for one user. */
  p50: number;
  p99: number;
}

/** Draws histories whose training parts hold so many interactions together. */
function zipfSequences(interactions: number, items: number): Sequences {
  const generator = createGenerator(1);
  const users = Math.ceil(interactions / trained);
  const length = trained + 2;
  const upTo = new Float64Array(items); // the sum of 1 / rank
  for (let item = 0; item < items; item++) upTo[item] = (item > 0 ? upTo[item - 1] : 0) + 1 / (item + 1);
  const drawn = Int32Array.from({ length: users * length }, () => {
    const at = uniform(generator) * upTo[items - 1];
    let low = 0;
    for (let high = items - 1; low < high;) {
      const middle = (low + high) >>> 1;
      if (upTo[middle] < at) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return { items: drawn, offsets: Int32Array.from({ length: users + 1 }, (_, user) => user * length) };
}

function processorTime(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function measure(interactions: number, items: number): Cost {
  const sequences = zipfSequences(interactions, items);
  const [start, before] = [performance.now(), process.cpuUsage()];
  const counts = countNeighbours(sequences, items, settings);
  const seconds = (performance.now() - start) / 1000;
  const processor = processorTime(before) / 1e6;
  const ready = readyNeighbours({ settings, counts, texts: null });
  const generator = createGenerator(2);
  const times = Float64Array.from({ length: requests }, () => {
    const history = sequenceOf(sequences, integer(generator, sequences.offsets.length - 1));
    const before = process.cpuUsage();
    topNeighbours(ready, history, 10, new Set(history));
    return processorTime(before) / 1000;
  }).sort();
  return {
    interactions,
    items,
    entries: counts.pairs.columns.length,
    seconds,
    processor,
    peak: process.resourceUsage().maxRSS / 2 ** 20,
    p50: times[requests / 2],
    p99: times[requests * 0.99],
  };
}

async function measureApart({ interactions, items }: { interactions: number; items: number }): Promise<Cost> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fileURLToPath(import.meta.url), `${interactions}`, `${items}`],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`failed at ${interactions} interactions with ${items} items`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Returns by which power of `x` the processor's time grows: the slope of a line through the logarithms. */
function slope(costs: readonly Cost[], x: (cost: Cost) => number): number {
  const [xs, ys] = [
    costs.map((cost) => Math.log(x(cost))),
    costs.map(({ processor }) => Math.log(processor)),
  ];
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const along = (values: number[], middle: number) =>
    xs.reduce((sum, value, i) => sum + (value - meanX) * (values[i] - middle), 0);
  return along(ys, meanY) / along(xs, meanX);
}

if (Deno.args.length === 2) {
  const [interactions, items] = Deno.args.map(Number);
  console.log(JSON.stringify(measure(interactions, items)));
} else {
  const costs: Cost[] = [];
  console.log(
    "| interactions | items | entries | counting (s) | CPU (s) | peak (GiB) | one user p50 (CPU ms) | p99 (ms) |",
  );
  console.log("| -: | -: | -: | -: | -: | -: | -: | -: |");
  for (const size of sizes) {
    const cost = await measureApart(size);
    costs.push(cost);
    const { interactions, items, entries, seconds, processor, peak, p50, p99 } = cost;
    const cells = [interactions, items, entries].map((count) => count.toLocaleString("en")).concat(
      seconds.toFixed(2),
      processor.toFixed(2),
      peak.toFixed(2),
      p50.toFixed(3),
      p99.toFixed(3),
    );
    console.log(`| ${cells.join(" | ")} |`);
  }
  const byInteractions = slope(costs.slice(0, 3), ({ interactions }) => interactions);
  const byItems = slope(costs.slice(3), ({ items }) => items);
  console.log(`\ntime ∝ interactions^${byInteractions.toFixed(2)}, items^${byItems.toFixed(2)}`);
}
