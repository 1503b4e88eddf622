import assert from "node:assert/strict";
import { sourcesOf, stagesOf } from "./stages.ts";

Deno.test("a sum has the stages of its first part that is trained; what is counted has none", () => {
  const stages = [{ dataset: "Games+Pantry" }, { dataset: "Pantry" }];
  assert.deepEqual(stagesOf({ stages }), stages);
  assert.deepEqual(stagesOf({ parts: [{ name: "Neighbours" }, { stages }] }), stages);
  assert.deepEqual(stagesOf({ name: "Neighbours" }), []);
});

Deno.test("sources are what the first of several stages learnt from, without the target", () => {
  assert.deepEqual(sourcesOf([{ dataset: "Games+Pantry" }, { dataset: "Pantry" }], "Pantry"), ["Games"]);
  assert.deepEqual(sourcesOf([{ dataset: "Pantry" }], "Pantry"), []);
});
