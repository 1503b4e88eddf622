import assert from "node:assert/strict";
import fc from "fast-check";
import { type Draft, inOrder } from "./in_order.ts";

const experiment = { system: "A", dataset: "B", learningRate: null, hiddenSize: null, seed: null };

/** Drafts by key, each of which waits for some with a smaller number, put into any order. */
const drafts = fc.array(
  fc.record({ before: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }), isPretraining: fc.boolean() }),
  { minLength: 1, maxLength: 12 },
).chain((list) => {
  const entries = list.map(({ before, isPretraining }, at): [string, Draft] => [`key ${at}`, {
    what: `key ${at}`,
    after: at === 0 ? [] : before.map((number) => `key ${number % at}`),
    memory: 1,
    work: { kind: isPretraining ? "pre-training" : "experiment", experiment },
  }]);
  return fc.shuffledSubarray(entries, { minLength: entries.length });
});

Deno.test("each training comes after those that it waits for, and names them by their numbers", () => {
  fc.assert(fc.property(drafts, (entries) => {
    const given = new Map(entries);
    const { order, trainings } = inOrder(given);
    assert.deepEqual([...order].sort(), [...given.keys()].sort());
    trainings.forEach(({ what, after }, at) => {
      assert.equal(what, order[at]);
      assert.ok(after.every((number) => number < at + 1));
      const named = after.map((number) => order[number - 1]);
      assert.deepEqual([...named].sort(), [...new Set(given.get(what)!.after)].sort());
    });
  }));
});

Deno.test("pre-trainings come first, and the others as they came", () => {
  const draft = (kind: "pre-training" | "experiment", after: string[] = []): Draft => ({
    what: "",
    after,
    memory: 1,
    work: { kind, experiment },
  });
  const { order } = inOrder(
    new Map([
      ["sum", draft("experiment", ["text", "pre"])],
      ["plain", draft("experiment")],
      ["text", draft("experiment", ["pre"])],
      ["pre", draft("pre-training")],
      ["other", draft("experiment")],
    ]),
  );
  assert.deepEqual(order, ["pre", "plain", "text", "other", "sum"]);
});
