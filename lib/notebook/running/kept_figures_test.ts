import assert from "node:assert/strict";
import { measureSettings } from "../../experiments/select.ts";
import { resultOf } from "../../experiments/test_helpers.ts";
import { figuresOfResults } from "./kept_figures.ts";

const each = (value: (user: number) => number) => Int32Array.from({ length: 40 }, (_, user) => value(user));
const users = {
  dataset: "Small",
  split: "leave-one-out",
  popularity: each((user) => user % 8),
  historyLengths: each((user) => 3 + user % 5),
  seenTogether: each((user) => user % 3),
};
const chosen = measureSettings([
  resultOf("SASRec", 0.001, [0, 20]),
  resultOf("UniSRec t, from scratch", 0.001, [0, 3]),
  resultOf("Neighbours", 0.001, [0, 5]),
  resultOf("Popularity", 0.001, [0, 5]),
]);
const systemOf = new Map(chosen.map(({ system }) => [system, system.replace(", from scratch", "")]));

Deno.test("Figure 4 and the overlap of hits are made of results and what is kept of the users", () => {
  const { tables, figures } = figuresOfResults(chosen, systemOf, users);
  assert.deepEqual(Object.keys(figures), ["figure-4", "figure-hit-overlap"]);
  const models = new Set(tables["table-figure-4"].rows.map((row) => row[2]));
  assert.deepEqual([...models], ["SASRec", "UniSRec t, from scratch", "Neighbours"]);
  const [first] = tables["table-hit-overlap"].rows; // users 0, 8, … have a cold item, and the first one's is found by nobody
  assert.deepEqual(first.slice(0, 5), [
    "Neighbours",
    "SASRec",
    "Occurrences of the test item in training",
    "0 (cold)",
    5,
  ]);
  assert.deepEqual(first.slice(5), [0, 80, 0, 100]);
});

Deno.test("without a baseline there is no Figure 4, without counting no overlap", () => {
  const some = (wanted: string) =>
    Object.keys(
      figuresOfResults(chosen.filter(({ system }) => !system.startsWith(wanted)), systemOf, users).figures,
    );
  assert.deepEqual(some("SASRec"), ["figure-hit-overlap"]);
  assert.deepEqual(some("Neighbours"), ["figure-4"]);
});

Deno.test("results of other users are refused", () => {
  const fewer = { ...users, popularity: Int32Array.of(1) };
  assert.throws(() => figuresOfResults(chosen, systemOf, fewer), {
    name: "DataError",
    message: /ranks of 1 users/,
  });
});
