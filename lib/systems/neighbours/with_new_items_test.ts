import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences } from "../../data/domain.ts";
import { createGenerator, normals } from "../../random.ts";
import { countNeighbours } from "./count_neighbours.ts";
import { readyNeighbours } from "./ready.ts";
import { randomItems, randomSequences, randomSettings } from "./test_helpers.ts";
import { textNeighbours } from "./texts/text_neighbours.ts";
import { topNeighbours } from "./top_neighbours.ts";
import { withNewItems } from "./with_new_items.ts";

Deno.test("counts with new items are those that were counted among more items", () => {
  fc.assert(fc.property(randomSequences, randomSettings, fc.nat(5), (sequences, settings, more) => {
    const [few, many] = [randomItems, randomItems + more].map((n) => countNeighbours(sequences, n, settings));
    assert.deepEqual(withNewItems(few, randomItems + more), many);
  }));
});

Deno.test("a new item is reached over similar texts", () => {
  const [rows, width] = [30, 8];
  const values = normals(createGenerator(5), rows * width);
  for (let i = 0; i < width; i++) values[29 * width + i] = values[4 * width + i] + 0.01; // 29 is new, and like 4
  const smoothing = { counts: 1, toSimilar: 0.5, fromSimilar: 0, text: 0.1 };
  const settings = { window: 2, backward: 1, power: 0.5, decay: 0.8, smoothing };
  const counts = countNeighbours(packSequences([[3, 4, 0, 0], [5, 6, 0, 0]]), 29, settings);
  const ready = readyNeighbours({
    settings,
    counts: withNewItems(counts, rows),
    texts: textNeighbours({ values, rows, width }),
  });
  assert.deepEqual([...topNeighbours(ready, [3], 2, new Set([3])).items], [4, 29]); // beside what is like 4
  assert.equal(topNeighbours(ready, [29], 2).items[0], 4); // and from a history of new items
});

Deno.test("items cannot become fewer", () => {
  const counts = countNeighbours(packSequences([[0, 1, 0, 0]]), 2, { window: 1, backward: 1 });
  for (const items of [1, 2.5, NaN]) {
    assert.throws(() => withNewItems(counts, items), { name: "ParameterError", message: /^items:/ });
  }
});
