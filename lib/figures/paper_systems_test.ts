import assert from "node:assert/strict";
import { systems } from "../systems/registry.ts";
import { paperSystems } from "./paper_systems.ts";

Deno.test("every system of the paper's Table 3 is one of ours, by our name", async () => {
  const names = await paperSystems();
  assert.equal(names.size, 9);
  assert.ok(names.has("UniSRec t+ID"));
  for (const name of names) assert.ok(systems.some((system) => system.name === name), name);
});
