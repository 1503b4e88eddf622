import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../small_domain.ts";
import { neuralSystems } from "./train_system.ts";

Deno.test("a model that has no experts is the same whatever their number", () => {
  const domain = smallDomain();
  const configs = (experts: number) =>
    neuralSystems.map((system) => system.createModel(domain, { ...smallSizes, experts }).config);
  const [two, eight] = [configs(2), configs(8)];
  for (const [i, { name }] of neuralSystems.entries()) {
    const same = JSON.stringify(two[i]) === JSON.stringify(eight[i]);
    assert.equal(same, !name.startsWith("UniSRec"), name);
  }
});
