import assert from "node:assert/strict";
import { type FeatureTable, packSequences } from "../../data/domain.ts";
import { type FeaturedDomain, gatherFeatures, joinDomains } from "./joined_domains.ts";

/** A table whose numbers tell the row they are in. */
const table = (rows: number, width = 2, first = 1): FeatureTable => ({
  values: Float32Array.from({ length: rows * width }, (_, at) => first + Math.floor(at / width)),
  rows,
  width,
});
const games: FeaturedDomain = { name: "Games", sequences: packSequences([[0, 2], [1]]), features: table(3) };
const pantry: FeaturedDomain = {
  name: "Pantry",
  sequences: packSequences([[1, 0, 1]]),
  features: table(2, 2, 11),
};

Deno.test("items and users are numbered through, and features are read where they are", () => {
  const joined = joinDomains([games, pantry]);
  assert.deepEqual(joined.names, ["Games", "Pantry"]);
  assert.deepEqual([...joined.sequences.items], [0, 2, 1, 4, 3, 4]);
  assert.deepEqual([...joined.sequences.offsets], [0, 2, 3, 6]);
  assert.deepEqual([joined.firstItems, joined.firstUsers], [[0, 3, 5], [0, 2, 3]]);
  assert.equal(joined.features[0], games.features);
  const into = new Float32Array(8);
  gatherFeatures(joined, joined.features, [4, 0, 3], into, 1);
  assert.deepEqual([...into], [0, 0, 12, 12, 1, 1, 11, 11]);
});

Deno.test("word-dropped features are used if every domain has them", () => {
  const dropped = (domain: FeaturedDomain) => ({ ...domain, wordDropped: domain.features });
  assert.equal(joinDomains([dropped(games), pantry]).wordDropped, null);
  assert.deepEqual(joinDomains([dropped(games), dropped(pantry)]).wordDropped, [
    games.features,
    pantry.features,
  ]);
});

Deno.test("domains that no model can be trained on together are refused by name", () => {
  const refuse = (domains: FeaturedDomain[], name: string, message: RegExp) =>
    assert.throws(() => joinDomains(domains), { name, message });
  refuse([], "ParameterError", /domains to pre-train on: .* found none/);
  refuse([games, games], "ParameterError", /found Games, Games/);
  refuse([games, { ...pantry, features: null }], "DataError", /features of Pantry: .* found no features/);
  refuse([games, { ...pantry, features: table(1) }], "DataError", /Pantry: .* at least 2, but found 1 rows/);
  refuse(
    [games, { ...pantry, features: table(2, 3) }],
    "DataError",
    /Pantry: expected 2 numbers per item, as those of Games have, but found 3/,
  );
  const encodedBy = (domain: FeaturedDomain, encoder: string) => ({
    ...domain,
    features: { ...domain.features!, encoder },
  });
  refuse(
    [encodedBy(games, "offline"), encodedBy(pantry, "bert")],
    "DataError",
    /encoder offline.*encoder bert/,
  );
  const zeros = { ...table(2), values: Float32Array.of(1, 0, 0, 0) };
  refuse([games, { ...pantry, features: zeros }], "DataError", /Pantry, row 1: .* found zeros only/);
  refuse(
    [{ ...games, wordDropped: table(4) }],
    "DataError",
    /word-dropped features of Games: expected 3 rows/,
  );
});
