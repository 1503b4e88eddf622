// Measures what trainings cost on synthetic catalogues of many sizes and writes figures/cost-against-size.{svg,png,pdf,csv}:
//   npx -y deno@2.9.6 run -A tests/bench/cost_against_size.ts
// Each size is a process of its own, so that its peak memory is its own. Steps are measured, not whole epochs: the seconds
// of an epoch are those of packing it and of as many median steps as it has; seconds of the processors are drawn, as other
// work on the machine hardly changes them, those by the clock stand beside them in the CSV.
import { embedFont, svgToPdf, svgToPng } from "../../lib/figures/output/export.ts";
import { tableOf, toCsv } from "../../lib/figures/output/table.ts";
import { type MeasuredCost, plotCostAgainstSize } from "../../lib/figures/plots/cost_against_size.ts";
import { createSasRec } from "../../lib/systems/sasrec/model.ts";
import { createUniSRec } from "../../lib/systems/unisrec/model.ts";
import type { NegativesChoice } from "../../lib/training/negatives.ts";
import { writeFileAtomically } from "../../lib/write_file.ts";
import { peakMemory, startTimedTraining, syntheticCatalogue, timeInTurn } from "./catalogue.ts";

const hiddenSize = 64;
const usualItems = 20_000;
const usualInteractions = 1_000_000;

/** What is trained, and up to how many items that is affordable. */
const series: { name: string; featureSize: number | null; negatives: NegativesChoice; mostItems: number }[] =
  [
    { name: "SASRec", featureSize: null, negatives: null, mostItems: 1e6 },
    { name: "SASRec, drawn items", featureSize: null, negatives: "popularity", mostItems: 1e6 },
    { name: "UniSRec t+ID", featureSize: 768, negatives: null, mostItems: 1e5 },
    { name: "UniSRec t+ID, drawn items", featureSize: 768, negatives: "popularity", mostItems: 1e6 },
  ];

/** Measures one training in this process and prints it as a line of JSON. */
async function measure(at: number, items: number, interactions: number): Promise<void> {
  const { name, featureSize, negatives } = series[at];
  const model = featureSize === null
    ? createSasRec(items, { hiddenSize })
    : createUniSRec(items, { hiddenSize, featureSize, setting: "transductive" });
  const domain = syntheticCatalogue(items, interactions, featureSize);
  const training = await startTimedTraining(domain, model, negatives);
  const [taken] = await timeInTurn([training], items > usualItems && negatives === null ? 3 : 8);
  await training.release();
  const cost: MeasuredCost = {
    series: name,
    items,
    interactions,
    secondsPerEpoch: training.packing.seconds + taken.seconds * training.stepsOfEpoch,
    processorSecondsPerEpoch: training.packing.processor + taken.processor * training.stepsOfEpoch,
    memory: peakMemory(),
  };
  console.log(JSON.stringify(cost));
}

async function measureApart(at: number, items: number, interactions: number): Promise<MeasuredCost> {
  const args = ["run", "-A", "--no-check", import.meta.filename!, "--measure", String(at)];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args, String(items), String(interactions)],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const line = new TextDecoder().decode(stdout).trim();
  console.log(line);
  return JSON.parse(line);
}

if (Deno.args[0] === "--measure") {
  const [at, items, interactions] = Deno.args.slice(1).map(Number);
  await measure(at, items, interactions);
} else {
  const [byItems, byInteractions]: MeasuredCost[][] = [[], []];
  for (const [at, { mostItems }] of series.entries()) {
    for (const items of [1e3, 1e4, 1e5, 1e6].filter((items) => items <= mostItems)) {
      byItems.push(await measureApart(at, items, usualInteractions));
    }
    for (const interactions of [1e5, 1e6, 1e7]) {
      byInteractions.push(await measureApart(at, usualItems, interactions));
    }
  }
  const svg = plotCostAgainstSize(byItems, byInteractions);
  const columns = [
    "series",
    "items",
    "interactions",
    "processorSecondsPerEpoch",
    "secondsPerEpoch",
    "memory",
  ] as const;
  const rows = [...byItems, ...byInteractions].map((cost) => columns.map((column) => cost[column]));
  const path = new URL("../../figures/cost-against-size", import.meta.url).pathname;
  await writeFileAtomically(`${path}.csv`, toCsv(tableOf("Cost against size", columns, rows, 2)));
  await writeFileAtomically(`${path}.svg`, await embedFont(svg));
  await writeFileAtomically(`${path}.png`, [svgToPng(svg)]);
  await writeFileAtomically(`${path}.pdf`, [await svgToPdf(svg)]);
}
