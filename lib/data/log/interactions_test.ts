import assert from "node:assert/strict";
import fc from "fast-check";
import { createGenerator } from "../../random.ts";
import { sequenceOf } from "../domain.ts";
import { distinctRows, type Interactions, selectRows, toSequences } from "./interactions.ts";
import { kCore } from "./k_core.ts";

type Row = [user: number, item: number, time: number];

function makeLog(rows: Row[]): Interactions {
  const ids = (prefix: string) => Array.from({ length: 8 }, (_, i) => `${prefix}${i}`);
  return {
    userIds: ids("u"),
    itemIds: ids("i"),
    users: Int32Array.from(rows, ([user]) => user),
    items: Int32Array.from(rows, ([, item]) => item),
    times: Float64Array.from(rows, ([, , time]) => time),
  };
}

const rowsOfLog = fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.nat(3)), { maxLength: 60 });

Deno.test("selected rows name the same users and items, counted anew as they appear", () => {
  const log = makeLog([[3, 5, 1], [0, 2, 2], [3, 2, 3], [1, 1, 4]]);
  assert.deepEqual(selectRows(log, [0, 2, 3]), {
    userIds: ["u3", "u1"],
    itemIds: ["i5", "i2", "i1"],
    users: Int32Array.of(0, 0, 1),
    items: Int32Array.of(0, 1, 2),
    times: Float64Array.of(1, 3, 4),
  });
});

Deno.test("every user's sequence holds that user's items, in the order of time", () => {
  fc.assert(fc.property(rowsOfLog, fc.nat(9), (rows, seed) => {
    const sequences = toSequences(makeLog(rows), createGenerator(seed));
    for (let user = 0; user < 8; user++) {
      const own = rows.filter(([u]) => u === user);
      // within a moment the order is free, so both sides are sorted there
      const expected = own.toSorted((a, b) => a[2] - b[2] || a[1] - b[1]).map(([, item]) => item);
      const times = own.map(([, , time]) => time).sort();
      const found = Array.from(sequenceOf(sequences, user), (item, i) => [times[i], item])
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, item]) => item);
      assert.deepEqual(found, expected);
    }
  }));
});

Deno.test("items of one moment are shuffled by the seed alone", () => {
  const log = makeLog(Array.from({ length: 8 }, (_, item): Row => [0, item, 5]));
  const order = (seed: number) => [...toSequences(log, createGenerator(seed)).items];
  assert.deepEqual(order(1), order(1));
  assert.notDeepEqual(order(1), order(2));
  assert.notDeepEqual(order(1), [0, 1, 2, 3, 4, 5, 6, 7]);
});

Deno.test("of rows with the same user, item and time the first stays", () => {
  const log = makeLog([[0, 1, 1], [0, 1, 2], [1, 1, 1], [0, 1, 1], [0, 2, 1]]);
  assert.deepEqual([...distinctRows(log)], [0, 1, 2, 4]);
});

Deno.test("the k-core is the largest part in which all have k rows", () => {
  fc.assert(fc.property(rowsOfLog, fc.integer({ min: 1, max: 4 }), (rows, k) => {
    // dropping one offender at a time, in any order, must end in the same place
    let expected = rows.map((_, row) => row);
    const count = (column: 0 | 1, row: number) =>
      expected.filter((other) => rows[other][column] === rows[row][column]).length;
    while (true) {
      const offender = expected.findLast((row) => count(0, row) < k || count(1, row) < k);
      if (offender === undefined) break;
      expected = expected.filter((row) => row !== offender);
    }
    assert.deepEqual([...kCore(makeLog(rows), k)], expected);
  }));
});
