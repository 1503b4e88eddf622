import assert from "node:assert/strict";
import { packSequences } from "../../data/domain.ts";
import { domainOf, joinSequencesOf, rowsOfDomain } from "./joined_items.ts";

const games = { name: "Games", itemIds: ["a", "b", "c"], sequences: packSequences([[0, 2], [1]]) };
const pantry = { name: "Pantry", itemIds: ["d", "e"], sequences: packSequences([[1, 0, 1]]) };

Deno.test("domains without features are numbered through", () => {
  const joined = joinSequencesOf([games, pantry]);
  assert.deepEqual(joined.names, ["Games", "Pantry"]);
  assert.deepEqual([...joined.sequences.items], [0, 2, 1, 4, 3, 4]);
  assert.deepEqual([...joined.sequences.offsets], [0, 2, 3, 6]);
  assert.deepEqual([joined.firstItems, joined.firstUsers], [[0, 3, 5], [0, 2, 3]]);
  assert.deepEqual([0, 2, 3, 4].map((item) => domainOf(joined.firstItems, item)), [0, 0, 1, 1]);
});

Deno.test("an item that nobody bought keeps its number", () => {
  const unsold = { ...games, itemIds: [...games.itemIds, "unsold"] };
  assert.deepEqual(joinSequencesOf([unsold, pantry]).firstItems, [0, 4, 6]);
});

Deno.test("a domain's rows of a table for all items are those of its own items", () => {
  const table = Float32Array.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
  assert.deepEqual([...rowsOfDomain(table, joinSequencesOf([games, pantry]), 1)], [3, 3, 4, 4]);
});

Deno.test("domains of one name, none at all and unknown items are refused", () => {
  assert.throws(() => joinSequencesOf([]), { name: "ParameterError", message: /found none/ });
  assert.throws(() => joinSequencesOf([games, games]), {
    name: "ParameterError",
    message: /found Games, Games/,
  });
  assert.throws(() => joinSequencesOf([games, { ...pantry, itemIds: ["d"] }]), {
    name: "DataError",
    message: /items of Pantry: expected at least 2.*found 1/,
  });
});

Deno.test("where a domain is split by time, all of them have ends: of the others those of leave-one-out", () => {
  const split = {
    trainEnds: Int32Array.of(1, 1),
    validEnds: Int32Array.of(2, 1),
    times: { validFrom: 1, testFrom: 2 },
  };
  const joined = joinSequencesOf([{ ...games, sequences: { ...games.sequences, split } }, pantry]);
  assert.deepEqual(joined.sequences.split, {
    trainEnds: Int32Array.of(1, 1, 1),
    validEnds: Int32Array.of(2, 1, 2),
  });
  assert.ok(!("split" in joinSequencesOf([games, pantry]).sequences));
});
