import assert from "node:assert/strict";
import { DataError } from "../../errors.ts";
import { packSequences, sequenceOf } from "../domain.ts";
import { type InterParts, joinPrefixes } from "./join_prefixes.ts";
import type { InterTable } from "./read_inter.ts";

type Row = [user: number, history: number[], target: number];

function table(path: string, rows: Row[]): InterTable {
  return {
    path,
    users: Int32Array.from(rows, ([user]) => user),
    histories: packSequences(rows.map(([, history]) => history)),
    targets: Int32Array.from(rows, ([, , target]) => target),
  };
}

function parts(train: Row[], valid: Row[], test: Row[]): InterParts {
  return { train: table("train", train), valid: table("valid", valid), test: table("test", test) };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const throwsData = (run: () => unknown, pattern: RegExp) =>
  assert.throws(run, (error) => error instanceof DataError && pattern.test(error.message));

Deno.test("a sequence of three items comes from the valid and the test line alone", () => {
  const sequences = joinPrefixes(parts([], [[0, [4], 5]], [[0, [4, 5], 4]]), 1);
  assert.deepEqual([...sequences.items], [4, 5, 4]);
});

for (
  const [order, arrange] of [["upwards", (rows: Row[]) => rows], [
    "downwards",
    (rows: Row[]) => rows.reverse(),
  ]] as const
) {
  Deno.test(`a sequence longer than a line's history is whole again, prefixes listed ${order}`, () => {
    const history = (end: number) => range(Math.max(0, end - 50), end);
    const train = arrange(range(1, 118).map((end): Row => [0, history(end), end]));
    const sequences = joinPrefixes(parts(train, [[0, history(118), 118]], [[0, history(119), 119]]), 1);
    assert.deepEqual([...sequenceOf(sequences, 0)], range(0, 120));
  });
}

Deno.test("contradicting lines are errors that name the line", () => {
  const valid: Row[] = [[0, [1, 2], 3]], test: Row[] = [[0, [1, 2, 3], 4]];
  joinPrefixes(parts([[0, [1], 2]], valid, test), 1);
  throwsData(() => joinPrefixes(parts([[0, [1], 9]], valid, test), 1), /^valid:2: expected the history 1 9/);
  throwsData(() => joinPrefixes(parts([], valid, test), 1), /^valid:2: /);
  throwsData(() => joinPrefixes(parts([[0, [1], 2]], valid, [[0, [1, 3], 4]]), 1), /^test:2: /);
  throwsData(() => joinPrefixes(parts([[0, [1], 2], [0, [1], 2]], valid, test), 1), /^train:3: /);
});

Deno.test("a user with fewer than three items, or two valid lines, is an error", () => {
  throwsData(
    () => joinPrefixes(parts([], [], [[0, [1], 2]]), 1),
    /^valid: expected one line of user 0.*three items/,
  );
  const valid: Row[] = [[0, [1], 2], [0, [1], 2]];
  throwsData(
    () => joinPrefixes(parts([], valid, [[0, [1, 2], 3]]), 1),
    /^valid:3: expected one line of user 0.*found 2\. Leave one of the lines/,
  );
});
