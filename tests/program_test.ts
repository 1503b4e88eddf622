// Programs as users write them: they know lib/mod.ts alone, and run with the permissions named for them.
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Loss,
  nextItemLoss,
  openLab,
  openRecommender,
  saveVectors,
  type SequenceModel,
  UniSRecError,
} from "../lib/mod.ts";
import { loadSystems } from "../lib/experiments/load_systems.ts";
import { smallSizes } from "./small_domain.ts";
import { namedDomain } from "./systems/train_system.ts";
import { withTemporaryFolder } from "./with_temporary_folder.ts";

const programs = join(import.meta.dirname!, "programs");
const target = namedDomain("Target");

/** Runs a program with no other flag than the permissions; returns what it writes. */
async function run(program: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=program", join(programs, program), ...args],
    env: { NO_COLOR: "1" },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("the first program trains, evaluates, saves, opens and recommends; run again, it trains nothing", () =>
  withTemporaryFolder(async (folder) => {
    const first = await run("first_program.ts", folder);
    const [, metric] = /^NDCG@10 (0\.\d+)/.exec(first)!;
    assert.ok(Number(metric) > 0.02, metric);
    assert.equal([...first.matchAll(/Studio-item-/g)].length, 3);
    assert.ok(Deno.statSync(`${folder}/my.safetensors`).isFile);
    const runs = [...Deno.readDirSync(`${folder}/runs`)].map(({ name }) => name);
    assert.equal(runs.length, 2); // pre-training and training
    const logs = () => runs.map((name) => Deno.readTextFileSync(`${folder}/runs/${name}/log.jsonl`));
    const before = logs();
    assert.equal(await run("first_program.ts", folder), first);
    assert.deepEqual(logs(), before);
  }));

Deno.test("a system of one's own is one file: it runs, trains in a lab, and is opened from what it saved", () =>
  withTemporaryFolder(async (folder) => {
    assert.match(await run("own_system.ts"), /^NDCG@10 0\.\d+/);
    const [own] = await loadSystems([join(programs, "own_system.ts")]);
    const lab = await openLab({ engineName: "onnx-cpu", runs: `${folder}/runs` });
    const model = await lab.train(own, target, {
      epochs: 30,
      patience: 30,
      learningRate: 1e-2,
      batchSize: 64,
    });
    // most items are followed by the next one
    assert.ok((await model.evaluate("test"))["Recall@10"] > 0.8);
    assert.ok(model.curve.every(({ parts }) => parts.length > 0 && parts.predicted > 0));
    const path = `${folder}/own.safetensors`;
    await model.save(path);
    const opened = await openRecommender(path, { engineName: "onnx-cpu", systems: [own], domain: target });
    const query = [{ user: target.userIds[1] }];
    assert.deepEqual(await opened.recommend(query), await model.recommend(query));
    await assert.rejects(openRecommender(path), { name: "ParameterError", message: /found "Next item"/ });
    await saveVectors(opened, `${folder}/vectors.safetensors`);
  }));

Deno.test("a new loss is a function handed to train, and gets a run and a result of its own", () =>
  withTemporaryFolder(async (runs) => {
    const lab = await openLab({ engineName: "onnx-cpu", runs });
    const train = async (loss?: (model: SequenceModel) => Loss) =>
      await lab.train("SASRec", target, {
        sizes: smallSizes,
        epochs: 2,
        batchSize: 64,
        ...(loss ? { loss } : {}),
      });
    const usual = await train();
    const own = await train((model) => (parameters, inputs, noise) => {
      const { loss } = nextItemLoss(model)(parameters, inputs, noise);
      const size = tf.sum(tf.square(parameters["items.embedding"]));
      return { loss: tf.add(loss, size), size };
    });
    assert.equal([...Deno.readDirSync(runs)].length, 2);
    assert.ok(own.curve[0].parts.size > 0);
    assert.ok(own.curve[1].parts.size < own.curve[0].parts.size);
    assert.ok(own.curve[0].loss > usual.curve[0].loss);
  }));

Deno.test("what cannot be done is an error of the library, which names what is at fault", async () => {
  const lab = await openLab({ engineName: "onnx-cpu", runs: null });
  const refused = async (attempt: () => unknown, message: RegExp) => {
    await assert.rejects(async () => await attempt(), (error: unknown) => {
      assert.ok(error instanceof UniSRecError, String(error));
      assert.match(error.message, message);
      return true;
    });
  };
  await refused(() => lab.train("SASREC", target), /^system: expected one of SASRec.* found "SASREC"/);
  await refused(
    () => lab.train("SASRec", target, { learningrate: 1 } as object),
    /^train: expected some of .*learningRate.* but found learningrate/,
  );
  await refused(
    () => lab.train("SASRec", target, { sizes: { hidden: 8 } as object }),
    /^sizes: expected some of hiddenSize.* but found hidden/,
  );
  await refused(() => lab.train("SASRec", target, { epochs: -1 }), /^epochs: /);
  await refused(
    () => lab.train("UniSRec t", { ...target, features: null }),
    /^text features of Target: .* found none/,
  );
  await refused(() => lab.pretrain("SASRec", [target]), /^system: expected a system that is pre-trained/);
  await refused(() => lab.pretrain("UniSRec", [target], { task: {} } as object), /^pretrain: .* found task/);
  await refused(() => lab.pretrain("CCDR", [target]), /^target: expected the domain that CCDR/);
  await refused(() => lab.load("nothing here"), /nothing here/);
  await refused(() => openRecommender("/nowhere/x.safetensors"), /x\.safetensors: .* found no file/);
  await refused(() => openLab({ engineName: "gpu" }), /^engineName: /);
});
