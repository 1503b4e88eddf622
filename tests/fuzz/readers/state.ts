// What the project keeps of its own as JSON.
import assert from "node:assert/strict";
import { readEnd } from "../../../lib/experiments/lists/ended.ts";
import { readList } from "../../../lib/experiments/lists/training_list.ts";
import { type ExperimentResult, findResult, saveResult } from "../../../lib/experiments/result_file.ts";
import { readChecksums } from "../../../lib/figures/output/checksums.ts";
import { readNumbers } from "../../../lib/figures/output/save.ts";
import { readLog } from "../../../lib/files/run_log.ts";
import { readOrigin } from "../../../lib/notebook/cluster/origin.ts";
import { codeCells, hasTag, joinLines, readNotebook } from "../../../lib/notebook/running/notebook_file.ts";
import { readRuns } from "../../../lib/notebook/running/run_records.ts";
import { epochSchema } from "../../../lib/training/epoch_schema.ts";
import { encode, type FuzzReader } from "../reader.ts";

const epoch = (epoch: number) => ({
  epoch,
  loss: 7.5 - epoch,
  parts: { next: 7, contrast: 0.5 },
  metric: epoch === 1 ? null : 0.03,
  instances: 100,
  seconds: 1.5,
  validationSeconds: 0.5,
});

const isCount = (value: number, least = 0) => Number.isSafeInteger(value) && value >= least;

const log: FuzzReader = {
  name: "run log",
  open: () =>
    Promise.resolve({
      originals: [{ "log.jsonl": encode([0, 1, 2].map((i) => `${JSON.stringify(epoch(i))}\n`).join("")) }],
      async read(folder) {
        const curve = await readLog(`${folder}/log.jsonl`, epochSchema);
        curve.forEach(({ epoch, loss, metric, seconds }, i) => {
          assert(epoch === i);
          assert(Number.isFinite(loss) && Number.isFinite(metric ?? 0) && seconds >= 0);
        });
      },
    }),
};

const users = 5, items = 9;
const identity = { settings: { name: "SASRec", dataset: "Small", seed: 1 }, code: "0a1b2c3d" };
const result: ExperimentResult = {
  experiment: { system: "SASRec", dataset: "Small", learningRate: 0.001, hiddenSize: 16, seed: 1 },
  bestEpoch: 1,
  cost: {
    parameters: 100,
    trainedParameters: 60,
    epochs: 3,
    secondsPerEpoch: 1.5,
    pretrainingEpochs: 0,
    pretrainingSeconds: 0,
    engine: "onnx-cpu, 2 processors",
    memory: 0,
    seconds: 7.5,
  },
  curve: [0, 1, 2].map(epoch),
  ranks: { valid: Int32Array.of(0, 4, -1, 8, 2), test: Int32Array.of(3, 0, -1, 1, 1) },
  settingsFound: { window: 3 },
  ofOtherCode: false,
};

const results: FuzzReader = {
  name: "results",
  async open(folder) {
    await saveResult(folder, identity, result);
    const [{ name }] = await Array.fromAsync(Deno.readDir(folder));
    return {
      originals: [{ [name]: await Deno.readFile(`${folder}/${name}`) }],
      async read(folder) {
        const { ranks, curve, bestEpoch, cost } =
          (await findResult(folder, identity, { users, items }, { otherCode: true }))!;
        for (const list of [ranks.valid, ranks.test]) {
          assert.equal(list.length, users);
          assert(list.every((rank) => isCount(rank, -1) && rank < items));
        }
        assert(curve.every(({ loss }) => Number.isFinite(loss)));
        assert(isCount(bestEpoch, -1) && bestEpoch < curve.length);
        assert(isCount(cost.parameters) && isCount(cost.memory));
      },
    };
  },
};

const numbersFile = {
  "03-unisrec": { seed: 1, settings: { hiddenSize: 64 }, numbers: { "A/NDCG@10": 0.25, "A/items": null } },
  "01-datasets": { seed: null, settings: {}, numbers: { items: 5 } },
};

const numbers: FuzzReader = {
  name: "numbers.json",
  open: () =>
    Promise.resolve({
      originals: [{ "numbers.json": encode(JSON.stringify(numbersFile, null, 2)) }],
      async read(folder) {
        const [root, profile] = split(folder);
        for (const { seed, settings, numbers } of Object.values(await readNumbers(profile, root))) {
          assert(seed === null || Number.isFinite(seed));
          assert(Object.keys(settings).every((name) => typeof name === "string"));
          for (const number of Object.values(numbers)) assert(number === null || Number.isFinite(number));
        }
      },
    }),
};

const runs = {
  "03-unisrec": { seconds: 12.5, failure: null, outputs: ["table-3", "figure-2"] },
  "05-own": { seconds: 1, failure: "cell 3: DataError: x", outputs: [] },
};

const outputs: FuzzReader = {
  name: "outputs.json",
  open: () =>
    Promise.resolve({
      originals: [{ "outputs.json": encode(JSON.stringify(runs, null, 2)) }],
      async read(folder) {
        const [root, profile] = split(folder);
        for (const { seconds, failure, outputs } of Object.values(await readRuns(profile, root))) {
          assert(seconds >= 0 && Number.isFinite(seconds));
          assert(failure === null || typeof failure === "string");
          assert(outputs.every((name) => typeof name === "string"));
        }
      },
    }),
};

const checksums: FuzzReader = {
  name: "numbers.sha256",
  open: () =>
    Promise.resolve({
      originals: [{
        "numbers.sha256": encode(`${"0a".repeat(32)}  numbers.json\n${"9f".repeat(32)}  table-3.csv\n`),
      }],
      async read(folder) {
        const [root, profile] = split(folder);
        const read = await readChecksums(profile, root) ?? {};
        for (const hash of Object.values(read)) assert.match(hash, /^[0-9a-f]{64}$/);
      },
    }),
};

const notebook = {
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: ["# Title\n", "text"] },
    {
      cell_type: "code",
      id: "b",
      metadata: { tags: ["parameters"] },
      source: "const seed = 1;",
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: ["one\n"] },
        { output_type: "display_data", data: { "text/html": ["<b>x</b>"] }, metadata: {} },
        { output_type: "execute_result", data: { "application/json": {} }, metadata: {}, execution_count: 1 },
        { output_type: "error", ename: "Error", evalue: "x", traceback: ["a", "b"] },
      ],
    },
  ],
  metadata: { kernelspec: { name: "deno" } },
  nbformat: 4,
  nbformat_minor: 5,
};

const notebooks: FuzzReader = {
  name: "notebooks",
  open: () =>
    Promise.resolve({
      originals: [{ "a.ipynb": encode(JSON.stringify(notebook, null, 1)) }],
      async read(folder) {
        const read = await readNotebook(`${folder}/a.ipynb`);
        for (const cell of codeCells(read)) {
          hasTag(cell, "parameters");
          assert.equal(typeof joinLines(cell.source), "string");
          for (const output of cell.outputs) {
            if (output.output_type === "stream") assert.equal(typeof joinLines(output.text), "string");
            if (output.output_type === "error") assert.equal(typeof output.traceback.join(""), "string");
          }
        }
      },
    }),
};

const { experiment } = result;
const list = {
  runs: "/runs",
  engineName: "onnx-cpu",
  trainings: [
    { what: "first", after: [], memory: 5, work: { kind: "pre-training", experiment } },
    { what: "second", after: [1], memory: 5, work: { kind: "experiment", experiment } },
  ],
  grid: {
    kind: "comparison",
    targets: ["a.safetensors"],
    sources: [],
    systemFiles: [],
    start: null,
    sizes: { dropout: 0.2 },
    training: { batchSize: 64, epochs: 1, patience: 1 },
    pretraining: {},
    pretrainingEpochsOf: {},
    retrain: false,
  },
};

const lists: FuzzReader = {
  name: "lists of trainings",
  open: () =>
    Promise.resolve({
      originals: [{
        "list.json": encode(JSON.stringify(list)),
        "ended/1.json": encode(JSON.stringify({ error: null, seconds: 1.5 })),
        "notebook.json": encode(
          JSON.stringify({ notebook: "05-comparison", place: "sample", values: { epochs: 3 }, timeout: 60 }),
        ),
      }],
      async read(folder) {
        const { trainings } = await readList(folder);
        trainings.forEach(({ after, memory, work }, at) => {
          assert(after.every((number) => isCount(number, 1) && number <= at) && isCount(memory));
          assert(work.kind !== "variant");
        });
        const { timeout } = await readOrigin(folder);
        assert.equal(typeof timeout, "number");
        const ended = await readEnd(folder, 1);
        assert(ended === null || ended.seconds >= 0);
      },
    }),
};

/** A profile is a folder under its root. */
function split(folder: string): [string, string] {
  const at = folder.lastIndexOf("/");
  return [folder.slice(0, at), folder.slice(at + 1)];
}

export const stateReaders = [log, results, numbers, outputs, checksums, notebooks, lists];
