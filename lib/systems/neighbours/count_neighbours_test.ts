import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences, sequenceOf, userCount } from "../../data/domain.ts";
import { historyOf } from "../../data/split.ts";
import { countNeighbours } from "./count_neighbours.ts";
import { denseOf, naiveCounts, randomItems, randomSequences, randomSettings } from "./test_helpers.ts";

const inputs = fc.record({ sequences: randomSequences, settings: randomSettings });
const listsOf = (sequences: ReturnType<typeof packSequences>) =>
  Array.from({ length: userCount(sequences) }, (_, user) => [...sequenceOf(sequences, user)]);

Deno.test("counts are those of the definition, entries above 0 only, columns ascending", () => {
  fc.assert(fc.property(inputs, ({ sequences, settings }) => {
    const { pairs } = countNeighbours(sequences, randomItems, settings);
    const expected = naiveCounts(sequences, randomItems, settings);
    denseOf(pairs, randomItems).forEach((row, item) =>
      row.forEach((value, other) => assert.ok(Math.abs(value - expected[item][other]) < 1e-6 * (1 + value)))
    );
    assert.equal(pairs.columns.length, expected.flat().filter((value) => value > 0).length);
    assert.equal(pairs.values.length, pairs.columns.length);
    for (let item = 0; item < randomItems; item++) {
      const columns = pairs.columns.subarray(pairs.offsets[item], pairs.offsets[item + 1]);
      assert.deepEqual([...columns], [...new Set(columns)].sort((one, other) => one - other));
    }
  }));
});

Deno.test("popularity counts training histories alone", () => {
  fc.assert(fc.property(inputs, ({ sequences, settings }) => {
    const { popularity } = countNeighbours(sequences, randomItems, settings);
    const items = listsOf(sequences).flatMap((_, user) => [...historyOf(sequences, user, "train")]);
    for (let item = 0; item < randomItems; item++) {
      assert.equal(popularity[item], items.filter((other) => other === item).length);
    }
  }));
});

Deno.test("the order of the users changes nothing, to the last bit", () => {
  fc.assert(fc.property(inputs, fc.infiniteStream(fc.nat()), ({ sequences, settings }, keys) => {
    const lists = listsOf(sequences);
    const places = lists.map(() => keys.next().value as number);
    const shuffled = [...lists.keys()].sort((a, b) => places[a] - places[b]).map((user) => lists[user]);
    assert.deepEqual(
      countNeighbours(packSequences(shuffled), randomItems, settings),
      countNeighbours(sequences, randomItems, settings),
    );
  }));
});

Deno.test("a user with other items changes nothing for the items of the rest", () => {
  fc.assert(fc.property(inputs, ({ sequences, settings }) => {
    const other = randomItems - 1; // the random sequences never hold the last two
    const more = packSequences([...listsOf(sequences), [other, other - 1, other, other - 1]]);
    const [before, after] = [sequences, more].map((all) => countNeighbours(all, randomItems, settings));
    const [rows, rowsAfter] = [before, after].map(({ pairs }) =>
      denseOf(pairs, randomItems).slice(0, other - 1)
    );
    assert.deepEqual(rowsAfter, rows);
  }));
});

Deno.test("other names for the items permute rows and columns", () => {
  fc.assert(
    fc.property(inputs, fc.integer({ min: 1, max: randomItems - 1 }), ({ sequences, settings }, shift) => {
      const renamed = (item: number) => (item + shift) % randomItems;
      const [one, other] = [sequences, { ...sequences, items: sequences.items.map(renamed) }].map((all) =>
        denseOf(countNeighbours(all, randomItems, settings).pairs, randomItems)
      );
      one.forEach((row, item) =>
        row.forEach((value, to) => assert.equal(other[renamed(item)][renamed(to)], value))
      );
    }),
  );
});

Deno.test("settings that cannot be used and items that are none are refused by name", () => {
  const sequences = packSequences([[0, 1, 2, 3, 4]]);
  const good = { window: 3, backward: 1 };
  for (const window of [0, 2.5, NaN]) {
    assert.throws(
      () => countNeighbours(sequences, 5, { ...good, window }),
      { name: "ParameterError", message: /^window: expected a positive integer/ },
    );
  }
  for (const backward of [-0.1, 1.1, NaN]) {
    assert.throws(
      () => countNeighbours(sequences, 5, { ...good, backward }),
      { name: "ParameterError", message: /^backward: expected a number from 0 to 1/ },
    );
  }
  assert.throws(() => countNeighbours(sequences, 0, good), { name: "ParameterError", message: /^items:/ });
  for (const item of [-1, -2, 9]) {
    const wrong = packSequences([[0, 1, 2, 0], [0, item, 2, 3, 4]]);
    assert.throws(
      () => countNeighbours(wrong, 5, good),
      { name: "DataError", message: /^item 1 of the training history of user 1: .*0 to 4/ },
    );
  }
});

Deno.test("without a pair there is nothing, and no error", () => {
  const { pairs, popularity } = countNeighbours(packSequences([[0, 1, 2], []]), 3, {
    window: 2,
    backward: 1,
  });
  assert.deepEqual([pairs.columns.length, [...popularity]], [0, [1, 0, 0]]);
});
