import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { runTransfer, type TransferOptions, type TransferVariant } from "../transfer.ts";
import { noteEnd, readEnd } from "./ended.ts";
import { listTransfer } from "./list_transfer.ts";
import { trainListed } from "./train_listed.ts";
import { readList } from "./training_list.ts";

const engine = createOnnxEngine({ threads: 1 });
const sources = [{ ...smallDomain(), name: "Source" }];
const targets = ["First", "Second"].map((name, at) => ({ ...smallDomain({ seed: 8 + at }), name }));
const variants: TransferVariant[] = [
  { name: "None", sources: [], targets },
  { name: "All", sources, targets: [targets[1]] },
  {
    name: "One expert",
    sources,
    targets: [targets[0]],
    sizes: { experts: 1 },
    tasks: { sequenceSequence: 0 },
  },
];
const options: Omit<TransferOptions, "runs"> = {
  setting: "inductive",
  sizes: { ...smallSizes, experts: 2 },
  pretraining: { batchSize: 64, epochs: 1, learningRate: 3e-3 },
  fineTuning: { batchSize: 64, epochs: 2, learningRate: 3e-3 },
  seeds: [1, 2],
};
const list = (runs: string) =>
  listTransfer(variants, options, { lists: `${runs}/lists`, label: "test", runs, engineName: "onnx-cpu" });

Deno.test("a transfer that was trained from its list is to the bit the one trained at once", () =>
  withTemporaryFolder(async (folder) => {
    const whole = await runTransfer(engine, variants, { ...options, runs: `${folder}/whole` });
    const runs = `${folder}/apart`;
    const listed = await list(runs);
    const read = await readList(listed);
    assert.deepEqual(read.trainings.slice(0, 5).map(({ what, after }) => `${what} ← ${after}`), [
      "Pre-training All, seed 1 ← ",
      "Pre-training All, seed 2 ← ",
      "Pre-training One expert, seed 1 ← ",
      "Pre-training One expert, seed 2 ← ",
      "None, seed 1: First ← ",
    ]);
    assert.equal(read.trainings.at(-1)!.what, "One expert, seed 2: First");
    assert.deepEqual(read.trainings.at(-1)!.after, [4]);
    for (const { work } of read.trainings) await trainListed(listed, read, work, { engine });
    const collected = await runTransfer(engine, variants, { ...options, runs });
    assert.deepEqual(collected, whole);
    // nothing was trained again: no run's log has grown
    const names = (of: string) =>
      [...Deno.readDirSync(of)].map(({ name }) => name).filter((name) => name !== "lists");
    assert.deepEqual(names(runs).sort(), names(`${folder}/whole`).sort());
  }));

Deno.test("where the run of a pre-training was deleted, it and what follows from it are done again", () =>
  withTemporaryFolder(async (runs) => {
    const folder = await list(runs);
    const { trainings } = await readList(folder);
    for (const [at] of trainings.entries()) await noteEnd(folder, at + 1, { error: null, seconds: 1 });
    await list(runs);
    for (const [at, { what, after }] of trainings.entries()) {
      const follows = after.length > 0 || what.startsWith("Pre-training");
      assert.equal(await readEnd(folder, at + 1) === null, follows, what);
    }
  }));
