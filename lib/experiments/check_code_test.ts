import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import { checkCode } from "./check_code.ts";
import { listResults } from "./list_results.ts";
import { runExperiments } from "./run_experiments.ts";

const target = smallDomain();
const source = { ...smallDomain({ seed: 6 }), name: "Other" };
const { hiddenSize, ...sizes } = smallSizes;
const short = { batchSize: 64, epochs: 1, patience: 1 };
const experiments = ["SASRec", "UniSRec t", "Popularity"].map((system) => ({
  system,
  dataset: "Small",
  learningRate: system === "Popularity" ? null : 3e-3,
  hiddenSize: system === "Popularity" ? null : hiddenSize,
  seed: system === "Popularity" ? null : 1,
}));

Deno.test("a result is planned anew from its file: its code is the same, another, or not known", () =>
  withTemporaryFolder(async (runs) => {
    const settings = { sizes, training: short, pretraining: { ...short, learningRate: 1e-3 }, runs };
    const engine = createOnnxEngine({ threads: 1 });
    await runExperiments(engine, experiments, [target], [source], settings);
    const { results } = await listResults(runs);
    const load = (_: string, names: string[]) =>
      Promise.resolve({ target, targets: [target], sources: names.length > 0 ? [source] : [] });
    assert.deepEqual(await checkCode(results, load), ["same", "same", "same"]);
    const edited = results.map((result) => ({ ...result, code: "000000" }));
    assert.deepEqual(await checkCode(edited, load), ["other", "other", "other"]);
    const changed = smallDomain({ seed: 9 });
    const others = () => Promise.resolve({ target: changed, targets: [changed], sources: [source] });
    assert.deepEqual(await checkCode(results, others), ["not known", "not known", "not known"]);
    assert.deepEqual(await checkCode(results, () => Promise.reject(new Error("no such data"))), [
      "not known",
      "not known",
      "not known",
    ]);
  }));
