import assert from "node:assert/strict";
import { packSequences } from "../../data/domain.ts";
import { countNeighbours } from "../neighbours/count_neighbours.ts";
import { readyNeighbours } from "../neighbours/ready.ts";
import { scoreHistories } from "../neighbours/score_histories.ts";
import { ways } from "../neighbours/settings.ts";
import { textNeighbours } from "../neighbours/texts/text_neighbours.ts";
import { readNeighbourShares } from "./neighbour_shares.ts";

const items = 9;
const sequences = packSequences(
  Array.from(
    { length: 12 },
    (_, user) => Array.from({ length: 6 }, (_, at) => (user * 5 + at * (1 + user % 3)) % items),
  ),
);
const features = {
  values: Float32Array.from({ length: items * 4 }, (_, at) => Math.sin(at * at)),
  rows: items,
  width: 4,
};
const pairs = { window: 3, backward: 0.5, power: 0.5, decay: 0.8 };
const counts = countNeighbours(sequences, items, pairs);
const history = [0, 4, 7];

Deno.test("shares, mixed by the weights of the ways, are the scores of neighbours over texts", () => {
  const smoothing = { counts: 0.5, toSimilar: 0.25, fromSimilar: 0.125, text: 0.125 }; // together 1
  const ready = readyNeighbours({
    settings: { ...pairs, smoothing },
    counts,
    texts: textNeighbours(features),
  });
  const expected = scoreHistories(ready, [history]);
  const found = new Float64Array(items);
  const read = readNeighbourShares(ready);
  read([2]); // what was read before leaves nothing behind
  const { items: reached, shares } = read(history);
  reached.forEach((item, at) =>
    ways.forEach((way, i) => found[item] += smoothing[way] * shares[at * ways.length + i])
  );
  found.forEach((share, item) => assert.ok(Math.abs(share - expected[item]) < 1e-6, `item ${item}`));
  assert.ok(Math.abs(found.reduce((sum, share) => sum + share, 0) - 1) < 1e-6);
});

Deno.test("of counts alone the only way is that of the counts, in proportion to the scores", () => {
  const ready = readyNeighbours({ settings: { ...pairs, smoothing: null }, counts, texts: null });
  const scores = scoreHistories(ready, [history]);
  const { items: reached, shares } = readNeighbourShares(ready)(history);
  const total = reached.reduce((sum, item) => sum + scores[item], 0);
  reached.forEach((item, at) => {
    const [counted, ...others] = shares.subarray(at * ways.length, (at + 1) * ways.length);
    assert.ok(Math.abs(counted - scores[item] / total) < 1e-5, `item ${item}`);
    assert.deepEqual(others, [0, 0, 0]);
  });
});
