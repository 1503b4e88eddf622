import assert from "node:assert/strict";
import { smallDomain } from "../../tests/small_domain.ts";
import { historyOf } from "../data/split.ts";
import { trainingCounts } from "../data/training_counts.ts";
import { createGenerator, shuffle } from "../random.ts";
import { knownItems } from "./known_items.ts";
import type { Negatives } from "./negatives.ts";
import { knownNames } from "./next_item.ts";
import { packBatches, rowsFor } from "./packing/packing.ts";
import { sequenceSegments } from "./packing/segments.ts";

const items = 400;
const domain = smallDomain({ items, users: 200 });
const length = 8;

/** Packs an epoch, with batches that know some items only. */
function epoch(negatives: Negatives, seed = 1) {
  const segments = sequenceSegments(domain.sequences, length);
  const shape = { rows: rowsFor(segments, 64, length), length, capacity: 64 };
  const pack = (seed: number, packed = shape) =>
    packBatches(shuffle(createGenerator(seed), segments.slice()), domain.sequences, packed);
  const model = { items, queryAt: "last item" as const };
  const known = knownItems(model, trainingCounts(domain), negatives, pack(1), shape);
  return { known, batches: pack(seed, known.shape), size: known.inputs[knownNames.items].shape[0] };
}

Deno.test("a list holds a batch's items and drawn ones, each once; items and targets are numbered in it", () => {
  const { known, batches, size } = epoch({ by: "popularity", count: 50 }, 2);
  const generator = createGenerator(1);
  for (const batch of batches) {
    const arrays = known.arrays(batch, generator);
    const list = arrays[knownNames.items];
    assert.equal(list.length, size);
    assert.equal(new Set(list).size, size);
    assert.deepEqual(
      [...arrays.targets.slice(0, batch.instances)].map((place) => list[place]),
      [...batch.targets.slice(0, batch.instances)],
    );
    batch.items.forEach((item, slot) => {
      if (batch.segments[slot] >= 0) assert.equal(list[arrays.items[slot]], item);
    });
    const distinct = new Set([...batch.targets.slice(0, batch.instances)]);
    batch.items.forEach((item, slot) => batch.segments[slot] >= 0 && distinct.add(item));
    assert.ok(size - distinct.size >= 50, "as many are drawn as were asked for");
  }
});

Deno.test("a user's own items are not corrected in the user's predictions, all others are raised", () => {
  const { known, batches: [batch], size } = epoch({ by: "uniform", count: 50 });
  const arrays = known.arrays(batch, createGenerator(1));
  const corrections = arrays[knownNames.corrections];
  batch.users.forEach((user, at) => {
    const own = new Set(historyOf(domain.sequences, user, "train"));
    arrays[knownNames.items].forEach((item, place) => {
      const correction = corrections[at * size + place];
      if (own.has(item)) assert.equal(correction, 0);
      else assert.ok(correction > 0 && correction < 10);
    });
  });
});

Deno.test("the same generator gives the same arrays, another draws other items", () => {
  const { known, batches: [batch] } = epoch({ by: "popularity", count: 50 });
  const [first, again, other] = [1, 1, 2].map((seed) =>
    structuredClone(known.arrays(batch, createGenerator(seed)))
  );
  assert.deepEqual(again, first);
  assert.notDeepEqual(other[knownNames.items], first[knownNames.items]);
});

Deno.test("where a list has room for all items, they are all in it and nothing is corrected", () => {
  const { known, batches: [batch], size } = epoch({ by: "popularity", count: 5000 });
  const arrays = known.arrays(batch, createGenerator(1));
  assert.equal(size, items);
  assert.deepEqual(
    [...arrays[knownNames.items]].sort((a, b) => a - b),
    Array.from({ length: items }, (_, i) => i),
  );
  assert.ok(arrays[knownNames.corrections].every((correction) => correction === 0));
});

for (const by of ["uniform", "popularity"] as const) {
  Deno.test(`the corrected sum over the list is in the mean that over all items: ${by}`, () => {
    const { known, size } = epoch({ by, count: 60 });
    const counts = trainingCounts(domain);
    // of items that a prediction does not own, any weights; popular items have other ones than rare ones
    const weight = (item: number) => 1 + Math.sin(item) + counts[item] / 2;
    let [found, expected] = [0, 0];
    for (let seed = 1; seed <= 12; seed++) {
      const generator = createGenerator(seed);
      for (const batch of epoch({ by, count: 60 }, seed).batches) {
        const arrays = known.arrays(batch, generator);
        batch.users.forEach((user, at) => {
          const own = new Set(historyOf(domain.sequences, user, "train"));
          arrays[knownNames.items].forEach((item, place) => {
            if (own.has(item)) return;
            found += weight(item) * Math.exp(arrays[knownNames.corrections][at * size + place]);
          });
          for (let item = 0; item < items; item++) if (!own.has(item)) expected += weight(item);
        });
      }
    }
    assert.ok(Math.abs(found / expected - 1) < 0.03, `${found / expected} times`);
  });
}
