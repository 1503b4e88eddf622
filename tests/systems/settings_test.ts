import assert from "node:assert/strict";
import { systems } from "../../lib/systems/registry.ts";
import { smallDomain, smallSizes } from "../small_domain.ts";

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
