import assert from "node:assert/strict";
import { createGenerator, uniform } from "../../random.ts";
import { ways } from "../neighbours/settings.ts";
import { contestOf, rankIn } from "./contest.ts";
import { goalOf, searchWeights, startingWeights } from "./search_weights.ts";

const items = 60;
const generator = createGenerator(3);
const noise = () => Float32Array.from({ length: items }, () => uniform(generator));

/** Users whose target the second part finds, and the first part does not. */
const contests = Array.from({ length: 50 }, (_, user) => {
  const target = user % items;
  const [wrong, right] = [noise(), noise()];
  right[target] += 0.6;
  return contestOf([wrong, right], null, target, 10);
});

Deno.test("the weights lean on the part that is right, and are better than where the search starts", async () => {
  const start = startingWeights(2, "none");
  const heard: number[] = [];
  const found = await searchWeights(contests, start, ({ best }) => void heard.push(best));
  assert.ok(found.scores[1] > 2 * found.scores[0], found.scores.join());
  const goal = (weights: typeof start) => goalOf(Int32Array.from(contests, (one) => rankIn(one, weights)));
  assert.ok(goal(found) > goal(start));
  assert.equal(heard.at(-1), goal(found));
  assert.deepEqual(heard, heard.toSorted((a, b) => a - b));
  assert.deepEqual(await searchWeights(contests, start), found);
});

Deno.test("what is not there is not searched", async () => {
  const start = startingWeights(2, "none");
  const { neighbours, floor, ways: found } = await searchWeights(contests, start);
  assert.deepEqual({ neighbours, floor, ways: found }, {
    neighbours: 0,
    floor: start.floor,
    ways: start.ways,
  });
  assert.equal(Object.keys(found).length, ways.length);
});
