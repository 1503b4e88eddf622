import assert from "node:assert/strict";
import { type Domain, packSequences, sequenceOf, type Sequences, userCount } from "../../lib/data/domain.ts";
import { packBatches } from "../../lib/training/packing/packing.ts";
import { sequenceSegments } from "../../lib/training/packing/segments.ts";
import { namedDomain, neuralSystems, scoreBatches, scoreHistories, trainSystem } from "./train_system.ts";

const target = namedDomain("Target");
const sources = [namedDomain("First", { seed: 6 })];
const items = target.itemIds.length;

/** Returns sequences in which the last `count` items of every user are others. */
function changeLast(sequences: Sequences, count: number): Sequences {
  const lists = Array.from({ length: userCount(sequences) }, (_, user) => {
    const list = sequenceOf(sequences, user).slice();
    for (let at = list.length - count; at < list.length; at++) list[at] = (list[at] + 7) % items;
    return list;
  });
  return packSequences(lists);
}

/** Says how far apart two rows of scores are, at most, where scores beyond ±1 count in proportion to their size. */
function distance(one: Float32Array, other: Float32Array): number {
  return one.reduce((most, score, at) => {
    const apart = Math.abs(score - other[at]) / Math.max(1, Math.abs(score));
    return apart <= most ? most : apart; // NaN stays
  }, 0);
}

for (const system of neuralSystems) {
  let once: ReturnType<typeof trainSystem> | undefined;
  const training = () => once ??= trainSystem(system, target, sources, { epochs: 1 });

  Deno.test(`${system.name}: what comes after a history changes none of its scores`, async () => {
    const trained = await training();
    for (const [part, hidden] of [["test", 1], ["valid", 2]] as const) {
      const before = await scoreHistories(trained, target, target.sequences, part);
      assert.equal(before.size, userCount(target.sequences));
      const after = await scoreHistories(trained, target, changeLast(target.sequences, hidden), part);
      assert.deepEqual(after, before);
      const other = await scoreHistories(trained, target, changeLast(target.sequences, hidden + 1), part);
      assert.ok([...before].every(([user, scores]) => distance(scores, other.get(user)!) > 1e-6), part);
    }
  });

  Deno.test(`${system.name}: held-out items change nothing in what is trained`, async () => {
    const { pretrained, parameters } = await training();
    const other: Domain = { ...target, sequences: changeLast(target.sequences, 2) };
    // after one epoch: validation, which reads held-out items, chooses among epochs
    const again = await trainSystem(system, other, sources, { epochs: 1 });
    assert.deepEqual(again.pretrained?.tensors, pretrained?.tensors);
    assert.deepEqual(again.parameters, parameters);
  });

  Deno.test(`${system.name}: a model that reads forwards does not see later items of the sequence`, async () => {
    const trained = await training();
    if (trained.model.queryAt === "mask") return; // reads the whole history, in training only what is not masked
    const { maxLength } = trained.model;
    const segments = sequenceSegments(target.sequences, maxLength);
    const shape = { rows: segments.length, length: maxLength, capacity: target.sequences.items.length };
    const [batch] = packBatches(segments, target.sequences, shape);
    const isLast = (slot: number) =>
      batch.segments[slot] >= 0 && batch.segments[slot + 1] !== batch.segments[slot];
    const changed = batch.items.map((item, slot) => isLast(slot) ? (item + 7) % items : item);
    const before = await scoreBatches(trained, target, [batch]);
    const after = await scoreBatches(trained, target, [{ ...batch, items: changed }]);
    before.forEach((scores, query) => {
      const apart = distance(scores, after[query]);
      assert.ok(isLast(batch.queries[query]) ? apart > 1e-6 : apart === 0, `query ${query}: ${apart}`);
    });
  });

  Deno.test(`${system.name}: a user's scores alone are those among others`, async () => {
    const trained = await training();
    const together = await scoreHistories(trained, target, target.sequences);
    for (const user of [0, 1, 2, 40, 79]) {
      const alone = packSequences([sequenceOf(target.sequences, user)]);
      const scores = (await scoreHistories(trained, target, alone)).get(0)!;
      const apart = distance(scores, together.get(user)!);
      assert.ok(apart <= 1e-5, `user ${user}: ${apart}`);
    }
  });

  Deno.test(`${system.name}: histories of one item give finite scores`, async () => {
    const histories = packSequences(target.itemIds.map((_, item) => [item, 0]));
    const scores = await scoreHistories(await training(), target, histories);
    assert.equal(scores.size, items);
    for (const row of scores.values()) assert.ok(row.every(Number.isFinite));
  });
}
