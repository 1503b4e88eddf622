import fc from "fast-check";
import assert from "node:assert/strict";
import { packSequences } from "../data/domain.ts";
import { ParameterError } from "../errors.ts";
import { itemsOf, listTransitions } from "./transitions.ts";

const sequences = packSequences([[5, 6, 7, 8], [], [3], [1, 2]]);

Deno.test("every transition within reach is listed, user by user", () => {
  const listed = listTransitions(sequences, { ends: "every", reach: 2 });
  assert.deepEqual(listed.map((transition) => itemsOf(sequences, transition)), [
    [5, 6],
    [5, 7],
    [6, 7],
    [6, 8],
    [7, 8],
    [1, 2],
  ]);
  assert.deepEqual(listed.map(({ user }) => user), [0, 0, 0, 0, 0, 3]);
});

Deno.test("transitions to the test item end with each user's last item", () => {
  const listed = listTransitions(sequences, { ends: "test", reach: 3 });
  assert.deepEqual(listed.map((transition) => itemsOf(sequences, transition)), [[5, 8], [6, 8], [7, 8], [
    1,
    2,
  ]]);
});

Deno.test("transitions stay within a user's sequence, and those to the test item are among all", () => {
  const lists = fc.array(fc.array(fc.nat(20), { maxLength: 8 }), { maxLength: 6 });
  fc.assert(fc.property(lists, fc.integer({ min: 1, max: 9 }), (lists, reach) => {
    const sequences = packSequences(lists);
    const all = listTransitions(sequences, { ends: "every", reach });
    for (const transition of all) {
      const { user, start, end } = transition;
      assert.ok(start >= 0 && start < end && end - start <= reach && end < lists[user].length);
      assert.deepEqual(itemsOf(sequences, transition), [lists[user][start], lists[user][end]]);
    }
    const toTest = all.filter(({ user, end }) => end === lists[user].length - 1);
    assert.deepEqual(listTransitions(sequences, { ends: "test", reach }), toTest);
  }));
});

Deno.test("a reach that reaches nothing is refused", () => {
  assert.throws(
    () => listTransitions(sequences, { ends: "every", reach: 0 }),
    (error) => error instanceof ParameterError && error.problem.where === "reach",
  );
});

Deno.test("by time, a test transition ends with the first item of the test", () => {
  const split = { trainEnds: Int32Array.of(2, 1, 2, 0), validEnds: Int32Array.of(3, 2, 2, 0) };
  const byTime = { ...packSequences([[5, 6, 7, 8, 9], [1, 2], [3, 4], [1, 2]]), split };
  assert.deepEqual(listTransitions(byTime, { ends: "test", reach: 1 }), [{ user: 0, start: 2, end: 3 }]);
});
