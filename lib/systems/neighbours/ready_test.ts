import assert from "node:assert/strict";
import { packSequences } from "../../data/domain.ts";
import { tieOrder } from "../../evaluation/tie_order.ts";
import { countNeighbours } from "./count_neighbours.ts";
import { readyNeighbours } from "./ready.ts";
import { randomItems, randomTexts } from "./test_helpers.ts";

const settings = { window: 2, backward: 1, power: 0.5, decay: 0.8, smoothing: null };
const smoothing = { counts: 1, toSimilar: 1, fromSimilar: 1, text: 1 };
const counts = countNeighbours(packSequences([[1, 2, 1, 1, 1, 0, 0]]), 4, settings);

Deno.test("without a history items come by popularity, equal ones in the order of ties", () => {
  const { order, base, scale } = readyNeighbours({ settings, counts, texts: null });
  assert.deepEqual([...order], [1, 2, ...[0, 3].sort((one, other) => tieOrder(one) - tieOrder(other))]);
  assert.deepEqual([...base], [0, 1e-6, 0.25e-6, 0].map(Math.fround));
  assert.deepEqual([...scale], [1, 0.5, 1, 1]);
});

Deno.test("items that nobody has had have no NaN", () => {
  const empty = countNeighbours(packSequences([[0, 1]]), 3, settings);
  const { base, scale } = readyNeighbours({ settings, counts: empty, texts: null });
  assert.deepEqual([[...base], [...scale]], [[0, 0, 0], [1, 1, 1]]);
});

Deno.test("smoothing needs the similar texts of the same items", () => {
  const smoothed = { ...settings, smoothing };
  assert.throws(
    () => readyNeighbours({ settings: smoothed, counts, texts: null }),
    { name: "DataError", message: /^texts: expected the similar texts of 4 items.*found null/ },
  );
  assert.throws(
    () => readyNeighbours({ settings: smoothed, counts, texts: randomTexts(1) }),
    { name: "DataError", message: new RegExp(`found those of ${randomItems}`) },
  );
  assert.throws(
    () => readyNeighbours({ settings: { ...settings, decay: 0 }, counts, texts: null }),
    { name: "ParameterError", message: /^decay:/ },
  );
});
