import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import type { Engine } from "../engine/program.ts";
import type { Domain } from "../data/domain.ts";
import { systems } from "../systems/registry.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import type { Experiment } from "./grid.ts";
import { type ExperimentSettings, planExperiment, runExperiment } from "./run_experiment.ts";

const engine = createOnnxEngine({ threads: 1 });
const target = smallDomain();
const sources = [{ ...smallDomain({ seed: 6 }), name: "Other" }];
const { hiddenSize, ...sizes } = smallSizes;
const settings: ExperimentSettings = {
  sizes: { ...sizes, experts: 2 },
  training: { batchSize: 64, epochs: 2, patience: 2 },
  pretraining: { learningRate: 1e-3, batchSize: 64, epochs: 1, patience: 1 },
  runs: null,
};
const experiment: Experiment = {
  system: "UniSRec t",
  dataset: "Small",
  learningRate: 3e-3,
  hiddenSize,
  seed: 1,
};

/** Settles an experiment, and does it or looks it up. */
async function doExperiment(
  engine: Engine,
  experiment: Experiment,
  target: Domain,
  sources: readonly SourceDomain[],
  settings: ExperimentSettings,
) {
  const plan = await planExperiment(experiment, target, sources, settings);
  return await runExperiment(experiment, target, plan, { ...settings, engine });
}

/** An engine that must not be asked for anything. */
const refuse = () => {
  throw new Error("nothing was to be computed");
};
const idle: Engine = { ...engine, compile: refuse, compileHolding: refuse };

Deno.test("an experiment that is done is looked up, with curve, ranks and cost", () =>
  withTemporaryFolder(async (runs) => {
    const first = await doExperiment(engine, experiment, target, sources, { ...settings, runs });
    assert.equal(first.curve.length, 2);
    assert.equal(first.cost.pretrainingEpochs, 1);
    assert.match(first.cost.engine!, /^onnx-cpu, (1 processor|\d+ processors)$/);
    assert.ok(first.cost.memory > 0 && first.cost.trainedParameters < first.cost.parameters);
    const again = await doExperiment(idle, experiment, target, sources, { ...settings, runs });
    assert.deepEqual(again, first);
  }));

for (
  const [what, change] of Object.entries({
    "another seed": { experiment: { ...experiment, seed: 2 } },
    "another learning rate": { experiment: { ...experiment, learningRate: 1e-3 } },
    "other data": { target: smallDomain({ seed: 7 }) },
    "other sources": { sources: [{ ...smallDomain({ seed: 8 }), name: "Other" }] },
    "longer training": { settings: { ...settings, training: { ...settings.training, epochs: 3 } } },
    "longer pre-training of this system": {
      settings: { ...settings, pretrainingEpochsOf: { "UniSRec t": 2 } },
    },
    "longer pre-training": { settings: { ...settings, pretraining: { ...settings.pretraining, epochs: 2 } } },
  })
) {
  Deno.test(`${what} is another experiment`, () =>
    withTemporaryFolder(async (runs) => {
      await doExperiment(engine, experiment, target, sources, { ...settings, runs });
      const other = { experiment, target, sources, settings, ...change };
      await assert.rejects(
        doExperiment(idle, other.experiment, other.target, other.sources, { ...other.settings, runs }),
        /nothing was to be computed/,
      );
    }));
}

Deno.test("a system that reads words is another experiment with other texts", () =>
  withTemporaryFolder(async (runs) => {
    const ccdr = { ...experiment, system: "CCDR" };
    const named = <D extends SourceDomain>(domain: D, kinds: string[]): D => ({
      ...domain,
      itemTexts: domain.itemIds.map((_, item) => `a ${kinds[item % kinds.length]}`),
    });
    const read = [named(sources[0], ["guitar", "tent", "lamp"])];
    await doExperiment(engine, ccdr, named(target, ["guitar", "tent"]), read, { ...settings, runs });
    await assert.rejects(
      doExperiment(idle, ccdr, named(target, ["tent", "lamp"]), read, { ...settings, runs }),
      /nothing was to be computed/,
    );
  }));

for (const name of systems.filter(({ reads }) => reads.features).map(({ name }) => name)) {
  Deno.test(`${name}, which reads texts, is another experiment with other features`, () =>
    withTemporaryFolder(async (runs) => {
      const reading = { ...experiment, system: name };
      const training = { ...settings.training, epochs: 1 };
      await doExperiment(engine, reading, target, sources, { ...settings, training, runs });
      const features = target.features!;
      const others = { ...features, values: features.values.map((value) => -value) };
      let isFound = false;
      const found = () => void (isFound = true);
      // what is counted needs no engine, and is done
      await doExperiment(idle, reading, { ...target, features: others }, sources, {
        ...settings,
        training,
        runs,
        found,
      }).catch((error) => assert.match(error.message, /nothing was to be computed/));
      assert.equal(isFound, false);
    }));
}

Deno.test("an item more that nobody has chosen is another experiment, for a system without texts, too", () =>
  withTemporaryFolder(async (runs) => {
    const sasrec = { ...experiment, system: "SASRec" };
    await doExperiment(engine, sasrec, target, [], { ...settings, runs });
    const more = { ...target, itemIds: [...target.itemIds, "new"] };
    await assert.rejects(
      doExperiment(idle, sasrec, more, [], { ...settings, runs }),
      /nothing was to be computed/,
    );
  }));

Deno.test("a damaged result is refused, not taken for none", () =>
  withTemporaryFolder(async (runs) => {
    const sasrec = { ...experiment, system: "SASRec" };
    await doExperiment(engine, sasrec, target, [], { ...settings, runs });
    const [{ name }] = await Array.fromAsync(Deno.readDir(`${runs}/experiments`));
    await Deno.truncate(`${runs}/experiments/${name}`, 100);
    await assert.rejects(doExperiment(engine, sasrec, target, [], { ...settings, runs }), {
      name: "CheckpointError",
      message: new RegExp(name),
    });
  }));
