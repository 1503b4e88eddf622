import assert from "node:assert/strict";
import fc from "fast-check";
import { sequenceOf } from "../data/domain.ts";
import { historyOf, targetOf } from "../data/split.ts";
import { smallDomain } from "../data/test_helpers.ts";
import { shuffleHistories } from "./shuffle_histories.ts";

const anySequences = fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 9,
});

Deno.test("histories keep their items, and what is to be found stays where it is", () =>
  fc.assert(
    fc.property(
      anySequences,
      fc.constantFrom("train" as const, "test" as const),
      fc.nat(),
      (lists, part, seed) => {
        const domain = smallDomain(lists);
        const shuffled = shuffleHistories(domain, part, seed);
        lists.forEach((list, user) => {
          const end = historyOf(domain.sequences, user, part).length;
          const sequence = [...sequenceOf(shuffled.sequences, user)];
          assert.deepEqual(sequence.slice(end), list.slice(end));
          assert.deepEqual(sequence.slice(0, end).sort(), list.slice(0, end).sort());
          assert.equal(targetOf(shuffled.sequences, user, "test"), targetOf(domain.sequences, user, "test"));
        });
        assert.deepEqual([...domain.sequences.items], lists.flat()); // nothing of the domain itself has changed
      },
    ),
  ));

const long = smallDomain([Array.from({ length: 40 }, (_, item) => item)]);

Deno.test("the same seed gives the same order, another one another, and it is not that of time", () => {
  const order = (seed: number) => [...shuffleHistories(long, "train", seed).sequences.items];
  assert.deepEqual(order(1), order(1));
  assert.notDeepEqual(order(1), order(2));
  assert.notDeepEqual(order(1), [...long.sequences.items]);
});

Deno.test("of a long history only what a model reads is shuffled in testing", () => {
  const { items } = shuffleHistories(long, "test", 1, 10).sequences;
  assert.deepEqual([...items.slice(0, 29)], [...long.sequences.items.slice(0, 29)]);
  assert.notDeepEqual([...items.slice(29, 39)], [...long.sequences.items.slice(29, 39)]);
});

Deno.test("by time, what came before the test is shuffled and no more", () => {
  const split = { trainEnds: Int32Array.of(12), validEnds: Int32Array.of(30) };
  const domain = { ...long, sequences: { ...long.sequences, split } };
  const sorted = (part: "train" | "test", end: number) => {
    const items = [...shuffleHistories(domain, part, 1).sequences.items];
    assert.deepEqual(items.slice(end), [...long.sequences.items.slice(end)]);
    return items.slice(0, end).sort((one, other) => one - other);
  };
  assert.deepEqual(sorted("train", 12), [...long.sequences.items.slice(0, 12)]);
  assert.deepEqual(sorted("test", 30), [...long.sequences.items.slice(0, 30)]);
});
