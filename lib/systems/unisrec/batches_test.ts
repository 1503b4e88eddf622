import assert from "node:assert/strict";
import { smallDomain } from "../../../tests/small_domain.ts";
import { sequenceOf, userCount } from "../../data/domain.ts";
import { historyOf } from "../../data/split.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import { createGenerator } from "../../random.ts";
import { joinDomains, type SourceDomain } from "../../training/joined/joined_domains.ts";
import { domainOf } from "../../training/joined/joined_items.ts";
import { createPretrainingBatches } from "./batches.ts";

const width = 12;
const batchSize = 64;
const first: SourceDomain = { ...smallDomain(), name: "First" };
const second: SourceDomain = { ...smallDomain({ items: 20, users: 40, seed: 8 }), name: "Second" };
const joined = joinDomains([first, second]);

/** The item of all domains whose features stand in a row. */
function itemIn(features: Float32Array, row: number, tables = joined.features): number {
  const wanted = features.subarray(row * width, (row + 1) * width);
  for (const [domain, { values, rows }] of tables.entries()) {
    for (let item = 0; item < rows; item++) {
      const at = item * width;
      if (wanted.every((value, i) => value === values[at + i])) return joined.firstItems[domain] + item;
    }
  }
  return -1;
}

/** An epoch's arrays, each copied, as features are overwritten by the next batch. */
function epoch(batches: ReturnType<typeof createPretrainingBatches>, seed: number): Arrays[] {
  const generator = createGenerator(seed);
  return batches.batches(generator).map(({ arrays }) => {
    const made = arrays(generator);
    return { ...made, features: made.features.slice() };
  });
}

/** The instances of an epoch, as "prefix → target", from the clean view. */
function instancesOf(batches: Arrays[]): string[] {
  return batches.flatMap((arrays) => {
    const { features, items, positions, queries, targets, weights, users } = arrays;
    return Array.from(queries).map((query, i) => {
      const prefix = Array.from(items.subarray(query - positions[query], query + 1));
      const [target, ...read] = [targets[i], ...prefix].map((row) => itemIn(features as Float32Array, row));
      return weights[i] > 0 ? `${users[i]}: ${read} → ${target}` : "";
    }).filter((text) => text !== "");
  });
}

Deno.test("an epoch holds every training instance of every domain once, with its own features", () => {
  const batches = createPretrainingBatches(joined, batchSize, 50);
  const expected: string[] = [];
  for (let user = 0; user < userCount(joined.sequences); user++) {
    const items = historyOf(joined.sequences, user, "train");
    for (let end = 1; end < items.length; end++) {
      expected.push(`${user}: ${items.subarray(0, end)} → ${items[end]}`);
    }
  }
  assert.deepEqual(instancesOf(epoch(batches, 1)).sort(), expected.sort());
  assert.equal(Object.values(batches.instances).reduce((a, b) => a + b), expected.length);
});

Deno.test("domains mix in a batch, and each has its instances' weights", () => {
  const batches = createPretrainingBatches(joined, batchSize, 50);
  for (const arrays of epoch(batches, 2).slice(0, -1)) {
    const { users, weights } = arrays;
    const [own, other] = [arrays["weights/First"], arrays["weights/Second"]];
    assert.ok(own.some((weight) => weight > 0) && other.some((weight) => weight > 0));
    weights.forEach((weight, i) => {
      const isFirst = domainOf(joined.firstUsers, users[i]) === 0;
      assert.deepEqual([own[i], other[i]], isFirst ? [weight, 0] : [0, weight]);
    });
  }
});

Deno.test("rows of features that a batch does not need hold those of an item too", () => {
  for (const { features } of epoch(createPretrainingBatches(joined, batchSize, 50), 3)) {
    for (let row = 0; row < features.length / width; row++) {
      assert.ok(itemIn(features as Float32Array, row) >= 0, `row ${row}`);
    }
  }
});

Deno.test("about one in ten batches drops words where there are features for it, the others drop items", () => {
  const negated = (domain: SourceDomain): SourceDomain => {
    const values = domain.features!.values.map((value) => 100 + value);
    return { ...domain, wordDropped: { ...domain.features!, values } };
  };
  const sources = [negated(first), negated(second)];
  const withWords = joinDomains(sources);
  const batches = createPretrainingBatches(withWords, batchSize, 50);
  let words = 0;
  let all = 0;
  for (let seed = 0; seed < 30; seed++) {
    for (const arrays of epoch(batches, seed)) {
      all++;
      const features = arrays.features as Float32Array;
      const replaced = [...arrays["augmented/items"].keys()].filter((slot) =>
        arrays["augmented/items"][slot] !== arrays.items[slot] && arrays["augmented/segments"][slot] >= 0 &&
        features[arrays["augmented/items"][slot] * width] > 50
      );
      if (replaced.length === 0) {
        assert.notDeepEqual(arrays["augmented/queries"], arrays.queries);
        continue;
      }
      words++;
      assert.deepEqual(arrays["augmented/queries"], arrays.queries);
      for (const slot of replaced) {
        const item = itemIn(features, arrays["augmented/items"][slot], withWords.wordDropped!);
        assert.equal(item, itemIn(features, arrays.items[slot]));
      }
      const used = arrays.segments.filter((segment) => segment >= 0).length;
      assert.ok(Math.abs(replaced.length / used - 0.2) < 0.2, `${replaced.length} of ${used}`);
    }
  }
  assert.ok(words / all > 0.04 && words / all < 0.18, `${words} of ${all}`);
});

Deno.test("the same generator gives the same epoch, another one another", () => {
  const batches = createPretrainingBatches(joined, batchSize, 50);
  assert.deepEqual(epoch(batches, 5), epoch(batches, 5));
  assert.notDeepEqual(epoch(batches, 5), epoch(batches, 6));
});

Deno.test("a domain of one user is enough", () => {
  const sequences = { items: sequenceOf(first.sequences, 0), offsets: Int32Array.of(0, 5) };
  const batches = createPretrainingBatches(joinDomains([{ ...first, sequences }]), batchSize, 50);
  assert.deepEqual(batches.instances, { First: 2 });
  assert.equal(epoch(batches, 1).length, 1);
});

Deno.test("a domain without anything to learn is refused by name", () => {
  const sequences = { items: sequenceOf(first.sequences, 0), offsets: Int32Array.of(0, 3) };
  assert.throws(
    () => createPretrainingBatches(joinDomains([second, { ...first, sequences }]), batchSize, 50),
    { name: "DataError", message: /training sequences of First/ },
  );
});

Deno.test("as prefixes, the same instances are encoded one by one, and a user's are in several batches", () => {
  const whole = epoch(createPretrainingBatches(joined, batchSize, 50), 1);
  const scattered = epoch(createPretrainingBatches(joined, batchSize, 50, "prefix"), 1);
  assert.deepEqual(instancesOf(scattered).sort(), instancesOf(whole).sort());
  for (const { queries, segments, weights } of scattered) {
    const read = Array.from(queries).filter((_, i) => weights[i] > 0).map((query) => segments[query]);
    assert.equal(new Set(read).size, read.length); // no segment is read twice
  }
  const batchesOf = (made: Arrays[], user: number) =>
    made.filter(({ users, weights }) => Array.from(users).some((own, i) => own === user && weights[i] > 0))
      .length;
  const mostOf = (made: Arrays[]) =>
    Math.max(
      ...Array.from({ length: userCount(first.sequences) }, (_, user) => user).map((user) =>
        batchesOf(made, user)
      ),
    );
  assert.deepEqual([mostOf(whole), mostOf(scattered) > 1], [1, true]);
});
