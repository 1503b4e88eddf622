import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { forgetEnd, noteEnd, readEnd } from "./ended.ts";
import { readList, trainingAt, type TrainingList, writeList } from "./training_list.ts";

const experiment = { system: "SASRec", dataset: "Toys", learningRate: 0.001, hiddenSize: 16, seed: 1 };
const list: TrainingList = {
  runs: "/runs",
  engineName: "onnx-cpu",
  trainings: [
    { what: "first", after: [], memory: 5, work: { kind: "pre-training", experiment } },
    { what: "second", after: [1], memory: 5, work: { kind: "experiment", experiment } },
    { what: "third", after: [], memory: 5, work: { kind: "experiment", experiment } },
  ],
  grid: {
    kind: "comparison",
    targets: ["toys.safetensors"],
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

Deno.test("a list comes back as it was written, in a folder named by what is in it", () =>
  withTemporaryFolder(async (lists) => {
    const folder = await writeList(lists, "toys", list);
    assert.match(folder, /\/toys-[0-9a-f]{6}$/);
    assert.deepEqual(await readList(folder), list);
    assert.equal(await writeList(lists, "toys", list), folder);
    assert.notEqual(await writeList(lists, "toys", { ...list, engineName: "tfjs-cpu" }), folder);
  }));

Deno.test("trainings are counted from 1, and what is none is refused", () => {
  assert.equal(trainingAt(list, 3).what, "third");
  for (const number of [0, 4, 1.5, NaN]) {
    assert.throws(() => trainingAt(list, number), { name: "ParameterError", message: /one from 1 to 3/ });
  }
});

Deno.test("a damaged list is refused with the field at fault", () =>
  withTemporaryFolder(async (lists) => {
    const folder = await writeList(lists, "toys", list);
    const path = `${folder}/list.json`;
    const text = await Deno.readTextFile(path);
    for (
      const [damaged, message] of [
        [text.replace('"experiment"', '"experiments"'), /list\.json/],
        [text.replace('"memory": 5', '"memory": -5'), /list\.json, trainings\[0\]\.memory/],
        [
          text.replace('"variant"', '"experiment"').replace("    1\n", "    2\n"),
          /list\.json, trainings\[1\]: .*before it/,
        ],
        [text.replace('"kind": "pre-training"', '"kind": "variant"'), /list\.json/],
        [text.slice(0, 100), /list\.json: expected JSON/],
      ] as const
    ) {
      await Deno.writeTextFile(path, damaged);
      await assert.rejects(readList(folder), { name: "CheckpointError", message });
    }
  }));

Deno.test("how a training ended is noted, and the note can be taken back", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/ended`);
    assert.equal(await readEnd(folder, 2), null);
    await noteEnd(folder, 2, { error: "no memory", seconds: 1.5 });
    assert.deepEqual(await readEnd(folder, 2), { error: "no memory", seconds: 1.5 });
    await forgetEnd(folder, 2);
    await forgetEnd(folder, 2);
    assert.equal(await readEnd(folder, 2), null);
    await Deno.writeTextFile(`${folder}/ended/2.json`, "{}");
    await assert.rejects(readEnd(folder, 2), { name: "CheckpointError", message: /2\.json/ });
  }));
