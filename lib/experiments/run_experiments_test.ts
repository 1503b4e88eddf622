import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import type { Engine } from "../engine/program.ts";
import type { Domain } from "../data/domain.ts";
import { experimentGrid } from "./grid.ts";
import type { ExperimentSettings } from "./run_experiment.ts";
import { runExperiments } from "./run_experiments.ts";

const engine = createOnnxEngine({ threads: 1 });
const targets = ["One", "Two"].map((name, seed) => ({ ...smallDomain({ seed }), name }));
const sources = [{ ...smallDomain({ seed: 6 }), name: "Other" }];
const { hiddenSize, ...sizes } = smallSizes;
const settings: ExperimentSettings = {
  sizes: { ...sizes, experts: 2 },
  training: { batchSize: 64, epochs: 1, patience: 1 },
  pretraining: { learningRate: 1e-3, batchSize: 64, epochs: 1, patience: 1 },
  runs: null,
};
const planned = (systems: string[]) =>
  experimentGrid({
    systems,
    datasets: ["One", "Two"],
    learningRates: [1e-3],
    hiddenSizes: [hiddenSize],
    seeds: [1],
  });

/** An engine that must not be asked for anything. */
const refuse = () => {
  throw new Error("nothing was to be trained");
};
const idle: Engine = { ...engine, compile: refuse, compileHolding: refuse };

function encodedBy(encoder: string, domain: Domain): Domain {
  return { ...domain, features: { ...domain.features!, encoder } };
}

function withoutText(item: number, domain: Domain): Domain {
  const { values, width, ...features } = domain.features!;
  const changed = values.slice().fill(0, item * width, (item + 1) * width);
  return { ...domain, features: { ...features, width, values: changed } };
}

Deno.test("each experiment is done on the data set that it names, in their order", async () => {
  const experiments = planned(["SASRec"]);
  const results = await runExperiments(engine, experiments, targets.toReversed(), sources, settings);
  assert.deepEqual(results.map(({ experiment }) => experiment), experiments);
  assert.notDeepEqual(results[0].ranks.test, results[1].ranks.test);
});

for (
  const [what, { changed, systems, message }] of Object.entries({
    "two text encoders": {
      changed: {
        targets: [targets[0], encodedBy("bert", targets[1])],
        sources: [encodedBy("other", sources[0])],
      },
      systems: ["SASRec", "ZESRec"],
      message: /text features of Two: expected those of one text encoder/,
    },
    "a row of zeros in a target": {
      changed: { targets: [targets[0], withoutText(3, targets[1])], sources },
      systems: ["SASRec", "FDSA"],
      message: /text features of Two, row 3: .* zeros only/,
    },
    "a row of zeros in a source": {
      changed: { targets, sources: [withoutText(2, sources[0])] },
      systems: ["SASRec", "UniSRec t"],
      message: /text features of Other, row 2: .* zeros only/,
    },
  })
) {
  Deno.test(`${what} are refused before the first training, and pass if nothing reads them`, async () => {
    const run = (systems: string[], engine: Engine) =>
      runExperiments(engine, planned(systems), changed.targets, changed.sources, settings);
    await assert.rejects(run(systems, idle), { name: "DataError", message });
    await assert.rejects(run(["SASRec"], idle), /nothing was to be trained/);
  });
}
