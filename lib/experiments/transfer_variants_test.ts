import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { createUniSRec } from "../systems/unisrec/model.ts";
import { identify } from "../training/run_identity.ts";
import { planFineTuning, planVariant } from "./transfer.ts";
import {
  ablationVariants,
  chooseVariants,
  controlNames,
  controlVariants,
  pretrainingVariants,
} from "./transfer_variants.ts";

const target = smallDomain();
const [one, other] = ["One", "Other"].map((name, at) => ({ ...smallDomain({ seed: 6 + at }), name }));

Deno.test("Figure 2 has nothing, each source, and all where there are several", () => {
  const names = (variants: { name: string }[]) => variants.map(({ name }) => name);
  assert.deepEqual(names(pretrainingVariants([one, other], [target])), ["None", "One", "Other", "All"]);
  assert.deepEqual(names(pretrainingVariants([one], [target])), ["None", "One"]);
});

Deno.test("Figure 3 takes one part away in each variant; the whitened features are those of all domains together", () => {
  const variants = ablationVariants([one], [target], 4);
  assert.equal(new Set(variants.map(({ sizes, tasks }) => JSON.stringify([sizes, tasks]))).size, 7);
  const whitened = variants.find(({ name }) => name === "Whitening-4")!;
  for (const { features } of [...whitened.sources, ...whitened.targets]) assert.equal(features!.width, 4);
  const values = [...whitened.sources, ...whitened.targets].flatMap(({ features }) => [...features!.values]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(Math.abs(mean) < 1e-3);
  assert.equal(variants[0].targets[0], target);
});

Deno.test("every control is another run, and differs from the whole model in one stage or both", async () => {
  const options = {
    setting: "transductive" as const,
    sizes: { ...smallSizes, experts: 2 },
    pretraining: { batchSize: 64, epochs: 1 },
    fineTuning: { batchSize: 64, epochs: 1 },
    runs: null,
  };
  const { parameters } = createUniSRec(1, { ...options.sizes, featureSize: target.features!.width });
  const zeros = ({ shape }: typeof parameters[string]) => ({
    shape: [...shape],
    values: new Float32Array(shape.reduce((size, side) => size * side, 1)),
  });
  const start = {
    card: null,
    tensors: Object.fromEntries(Object.entries(parameters).map(([name, spec]) => [name, zeros(spec)])),
  };
  const names = new Set<string>();
  for (const variant of controlVariants([one], [target], controlNames, smallSizes.dropout)) {
    const before = variant.sources.length === 0 ? null : planVariant(variant, 1, options);
    const stages = [
      before && await identify(before.run, before.options),
      await (await planFineTuning(variant, target, before && start, 1, options)).identify(),
    ];
    names.add(JSON.stringify(stages.map((stage) => stage?.settings ?? null)));
  }
  assert.equal(names.size, 1 + controlNames.length);
});

Deno.test("what is usual is not in a run's name, so that older runs keep theirs", async () => {
  const options = { sizes: { ...smallSizes, experts: 2 }, pretraining: {}, runs: null };
  const settingsOf = async (sizes: object, tasks: object) => {
    const { run, options: own } = planVariant(
      { name: "", sources: [one], targets: [], sizes, tasks },
      1,
      options,
    );
    return JSON.stringify((await identify(run, own)).settings);
  };
  const usual = await settingsOf({}, {});
  assert.doesNotMatch(usual, /adaptorMasks|instances/);
  assert.equal(await settingsOf({ adaptorMasks: "one" }, { instances: "sequence" }), usual);
  assert.match(
    await settingsOf({ adaptorMasks: "each" }, { instances: "prefix" }),
    /"adaptorMasks":"each".*"instances":"prefix"/,
  );
});

Deno.test("controls come in one order, whichever are wanted, and one that there is not is named", () => {
  const names = controlVariants([one], [target], ["nothing frozen", "from scratch"], 0.5).map(({ name }) =>
    name
  );
  assert.deepEqual(names, ["UniSRec", "from scratch", "nothing frozen"]);
  assert.throws(() => controlVariants([one], [target], ["more luck"], 0.5), {
    name: "ParameterError",
    message: /^controls: expected "from scratch" or .* but found "more luck"/,
  });
});

Deno.test("some of the variants are chosen, the whole model always, and one that there is not is named", () => {
  const variants = ablationVariants([one], [target], 4);
  const names = (wanted: string[] | null) => chooseVariants(variants, wanted).map(({ name }) => name);
  assert.deepEqual(names(null), variants.map(({ name }) => name));
  assert.deepEqual(names([]), ["UniSRec"]);
  assert.deepEqual(names(["w/o S-S", "w/o PW"]), ["UniSRec", "w/o PW", "w/o S-S"]);
  assert.throws(() => names(["w/o luck"]), {
    name: "ParameterError",
    message: /^variantNames: .* found "w\/o luck"/,
  });
});
