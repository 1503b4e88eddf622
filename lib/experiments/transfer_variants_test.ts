import assert from "node:assert/strict";
import { smallDomain } from "../../tests/small_domain.ts";
import { ablationVariants, pretrainingVariants } from "./transfer_variants.ts";

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
