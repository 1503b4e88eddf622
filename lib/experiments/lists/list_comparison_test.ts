import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { findSystem } from "../../systems/registry.ts";
import { type ComparisonOptions, runComparison } from "../run_comparison.ts";
import { readEnd } from "./ended.ts";
import { listComparison } from "./list_comparison.ts";
import { trainListed } from "./train_listed.ts";
import { readList, type TrainingList } from "./training_list.ts";

const engine = createOnnxEngine({ threads: 1 });
const domains = (names: string[], seed: number) =>
  names.map((name, at) => ({ ...smallDomain({ seed: seed + at }), name }));

/** Two rates of a system that is pre-trained, a sum of it with counts, and one that is not pre-trained. */
const options: ComparisonOptions = {
  systems: ["SASRec", "UniSRec t", "UniSRec t + Neighbours"].map((name) => findSystem(name, "system")),
  targets: domains(["One"], 1),
  sources: domains(["Other", "Another"], 5),
  settings: {
    sizes: { ...smallSizes, experts: 2 },
    training: { learningRate: 1e-3, batchSize: 64, epochs: 2, patience: 2 },
    pretraining: { learningRate: 1e-3, batchSize: 64, epochs: 1, patience: 1 },
    pretrainingEpochsOf: {},
    learningRates: [1e-3, 3e-3],
    hiddenSizes: [smallSizes.hiddenSize],
    whiteningSize: 8,
    seeds: [1],
    runs: null,
  },
  seeds: [1],
};

const list = (runs: string, changed: Partial<ComparisonOptions> = {}) =>
  listComparison({ ...options, ...changed }, {
    lists: `${runs}/lists`,
    label: "test",
    runs,
    engineName: "onnx-cpu",
  });

const namesOf = ({ trainings }: TrainingList) =>
  trainings.map(({ what, after }) =>
    `${what.replace(" · hidden 16", "").replace(" · seed 1", "")} ← ${after}`
  );

const measured = ({ results }: Awaited<ReturnType<typeof runComparison>>) =>
  results.map(({ experiment, ranks, curve }) => ({
    experiment,
    ranks,
    losses: curve.map(({ loss, metric }) => ({ loss, metric })),
  }));

Deno.test("what is shared by several comes first and once, and each says what it waits for", () =>
  withTemporaryFolder(async (runs) => {
    const folder = await list(runs);
    assert.deepEqual(namesOf(await readList(folder)), [
      "Pre-training UniSRec t on Other+Another ← ",
      "SASRec on One · lr 0.001 ← ",
      "SASRec on One · lr 0.003 ← ",
      "UniSRec t on One · lr 0.001 ← 1",
      "UniSRec t on One · lr 0.003 ← 1",
      "UniSRec t + Neighbours on One · lr 0.001 ← 1,4",
      "UniSRec t + Neighbours on One · lr 0.003 ← 1,5",
    ]);
    assert.equal(await list(runs), folder, "the same trainings are the same list");
    assert.notEqual(await list(runs, { seeds: [2] }), folder);
  }));

Deno.test("a grid that was trained from its list, in any order, is to the bit the grid trained at once", () =>
  withTemporaryFolder(async (folder) => {
    const [runs, apart] = [`${folder}/whole`, `${folder}/apart`];
    const whole = await runComparison({ engine, runs }, options);
    const listed = await list(apart);
    const read = await readList(listed);
    // the last first: what it begins with is then done with it
    for (const { work } of read.trainings.toReversed()) await trainListed(listed, read, work, { engine });
    const collected = await runComparison({ engine, runs: apart }, options);
    assert.equal(collected.found, collected.results.length, "nothing is left to be trained");
    assert.deepEqual(measured(collected), measured(whole));
    const names = (runs: string) =>
      [...Deno.readDirSync(`${runs}/experiments`)].map(({ name }) => name).sort();
    assert.deepEqual(names(apart), names(runs));
  }));

Deno.test("what is done is noted as done when it is listed again, and so is what nothing waits for any more", () =>
  withTemporaryFolder(async (runs) => {
    const folder = await list(runs);
    const { trainings, ...read } = await readList(folder);
    const states = async () => {
      await list(runs);
      const ends = [];
      for (const [at] of trainings.entries()) ends.push((await readEnd(folder, at + 1))?.error === null);
      return ends.map(Number).join("");
    };
    const train = (number: number) =>
      trainListed(folder, { trainings, ...read }, trainings[number - 1].work, { engine });
    assert.equal(await states(), "0000000");
    await train(2);
    assert.equal(await states(), "0100000");
    for (const number of [4, 5, 6, 7]) await train(number);
    assert.equal(await states(), "1101111");
    for (const { name } of Deno.readDirSync(`${runs}/experiments`)) {
      if (name.startsWith("one-sasrec")) await Deno.remove(`${runs}/experiments/${name}`);
    }
    assert.equal(await states(), "1001111", "a result that was deleted is not done");
  }));

Deno.test("a system that was made here cannot be listed for other processes", () =>
  withTemporaryFolder((runs) =>
    assert.rejects(list(runs, { systems: [{ ...options.systems[0], name: "Own" }] }), {
      name: "ParameterError",
      message: /^system Own: .*systemFiles/,
    })
  ));

Deno.test("a list keeps how items are drawn that a step is trained on", () =>
  withTemporaryFolder(async (folder) => {
    const { settings } = options;
    const negatives = { by: "uniform", count: 5 } as const;
    const drawn = {
      ...options,
      systems: options.systems.slice(0, 1),
      settings: { ...settings, learningRates: [1e-3], training: { ...settings.training, negatives } },
    };
    const listed = await list(folder, drawn);
    const read = await readList(listed);
    for (const { work } of read.trainings) await trainListed(listed, read, work, { engine });
    const collected = await runComparison({ engine, runs: folder }, drawn);
    assert.equal(collected.found, 1);
    assert.deepEqual(measured(collected), measured(await runComparison({ engine, runs: null }, drawn)));
  }));
