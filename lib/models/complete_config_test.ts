import assert from "node:assert/strict";
import { systems } from "../evaluation/systems/registry.ts";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { completeConfig } from "./complete_config.ts";

Deno.test("what is given as undefined is refused by the model, not taken for the default", () => {
  const config: { featureSize?: number } = { featureSize: undefined };
  assert.deepEqual(completeConfig<{ featureSize?: number }>({ featureSize: 768 }, config), config);
});

Deno.test("the defaults stay as they are", () => {
  const defaults = { heads: 2 };
  completeConfig(defaults, { heads: 4 });
  assert.deepEqual(defaults, { heads: 2 });
});

Deno.test("a model that has no experts is the same whatever their number", () => {
  const domain = smallDomain();
  const configs = (experts: number) =>
    systems.map((system) => system.createModel(domain, { ...smallSizes, experts }).config);
  const [two, eight] = [configs(2), configs(8)];
  for (const [i, { name }] of systems.entries()) {
    const same = JSON.stringify(two[i]) === JSON.stringify(eight[i]);
    assert.equal(same, !name.startsWith("UniSRec"), name);
  }
});
