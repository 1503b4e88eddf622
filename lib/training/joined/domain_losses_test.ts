import assert from "node:assert/strict";
import { domainLosses } from "./domain_losses.ts";

Deno.test("a domain's mean follows from its share of the sum, whatever its size", () => {
  // three instances with losses 1, 2, 3 in A, one with 8 in B
  const parts = { sequenceItem: 14 / 4, "sequenceItem/A": 6 / 4, "sequenceItem/B": 8 / 4 };
  assert.deepEqual(domainLosses(parts, { A: 3, B: 1 }), [
    { task: "sequenceItem", domain: "A", loss: 2 },
    { task: "sequenceItem", domain: "B", loss: 8 },
  ]);
});

Deno.test("one domain alone has the task's mean, and a task that was left out has none", () => {
  assert.deepEqual(domainLosses({ sequenceSequence: 3 }, { A: 5 }), [
    { task: "sequenceSequence", domain: "A", loss: 3 },
  ]);
});
