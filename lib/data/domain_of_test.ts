import assert from "node:assert/strict";
import { sequenceOf } from "./domain.ts";
import { domainOf, type Row } from "./domain_of.ts";
import { DataError } from "../errors.ts";
import { listen, rejects } from "./test_helpers.ts";

const letters = ["A", "B", "C", "D", "E"];
const rows = (timeOf: (day: number) => Row["time"]): Row[] =>
  letters.flatMap((user) => letters.map((item, day) => ({ user, item, time: timeOf(day) }))).toReversed();

Deno.test("dates, text and numbers give the same sequences, and ID-only rows need no texts", async () => {
  for (
    const timeOf of [
      (day: number) => new Date(2024, 1, day + 1),
      (day: number) => `2024-02-0${day + 1}`,
      (day: number) => day,
    ]
  ) {
    const { itemIds, itemTexts, sequences, userIds } = await domainOf(rows(timeOf), "Toys", () => {});
    assert.deepEqual([itemTexts, userIds.length], [null, 5]);
    assert.deepEqual(Array.from(sequenceOf(sequences, 0), (item) => itemIds[item]), letters);
  }
});

Deno.test("what is missing is counted and said", async () => {
  const said = await listen(() =>
    domainOf([
      ...rows((day) => day).map((row) => ({ ...row, text: `<b>toy</b> ${row.item}` })),
      { user: "NULL", item: "A", time: 1 },
      { user: "A", item: "nan", time: 1 },
      { user: "A", item: "A", time: NaN },
      { user: "A", item: "A", time: 0 },
      { user: "A", item: "wordless", time: 9 },
    ], "Toys")
  );
  assert.deepEqual(said, [
    "rows of Toys: 30 rows, of which 1 without a user, 1 without an item, 1 without a time, 1 repeated and 1 outside " +
    "the 5-core were left out.",
  ]);
});

Deno.test("no whole row and a time that is none are errors", async () => {
  await rejects(domainOf([], "Toys"), DataError, /rows of Toys: expected a row with a user/);
  await rejects(
    domainOf([{ user: 1, item: 2, time: "yesterday" }], "Toys"),
    DataError,
    /rows of Toys:0: expected a time, but found "yesterday"/,
  );
});
