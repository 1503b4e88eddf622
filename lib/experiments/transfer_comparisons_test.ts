import assert from "node:assert/strict";
import { measure } from "../evaluation/measured.ts";
import type { TransferResult } from "./transfer.ts";
import { answerByTarget } from "./transfer_comparisons.ts";
import { compareTransfer } from "./transfer_summary.ts";

const results = ["None", "All"].flatMap((variant, at) =>
  ["First", "Second"].map((target): TransferResult => ({
    variant,
    target,
    seed: 1,
    test: measure(Int32Array.of(0, 3 - at, 9, target === "First" ? 4 - 4 * at : 2)),
    pretrainingLoss: null,
  }))
);
const question = { variant: "All", others: ["None"], what: "All against None" };

Deno.test("a question is answered over all targets, then for each", () => {
  const answers = answerByTarget(results, [question, { ...question, what: "again" }]);
  assert.deepEqual(answers.map(({ what }) => what), [
    "All against None, all targets",
    "again, all targets",
    "All against None, First",
    "again, First",
    "All against None, Second",
    "again, Second",
  ]);
  assert.equal(answers[0].difference, compareTransfer(results, "All", ["None"]).difference);
  const first = results.filter(({ target }) => target === "First");
  assert.equal(answers[2].difference, compareTransfer(first, "All", ["None"]).difference);
});

Deno.test("a single target is not asked for twice", () => {
  const first = results.filter(({ target }) => target === "First");
  assert.deepEqual(answerByTarget(first, [question]).map(({ what }) => what), ["All against None, First"]);
});
