import type { Sequences } from "../../data/domain.ts";
import { ParameterError } from "../../errors.ts";
import { checkPositiveInteger } from "../../checks.ts";
import { trackFreeSlots } from "./free_slots.ts";
import type { Segment } from "./segments.ts";

/** The sizes that all batches of one compiled step share. */
export interface BatchShape {
  rows: number;
  /** Items per row: at least the longest segment. */
  length: number;
  /** The most predictions in a batch. */
  capacity: number;
  /** The most distinct items in a batch, those to be predicted included; any number if left out. */
  distinctItems?: number;
}

/**
 * Segments side by side in the rows of one batch.
 *
 * A slot is one place for an item, numbered `row × length + column`. The last predictions of a batch that is not full
 * have slot 0, target 0 and weight 0.
 */
export interface PackedBatch {
  rows: number;
  length: number;
  /** The item in each slot, 0 in an empty one. `[rows × length]` */
  items: Int32Array;
  /** The slot's place in its segment, from 0; 0 in an empty slot. `[rows × length]` */
  positions: Int32Array;
  /**
   * Which segment a slot belongs to: a slot may attend to earlier slots of its own row with the same number. Empty slots
   * have negative numbers of their own, so that each attends to itself alone. `[rows × length]`
   */
  segments: Int32Array;
  /** The slots from which an item is predicted. `[capacity]` */
  queries: Int32Array;
  /** The item to be predicted at each of `queries`. `[capacity]` */
  targets: Int32Array;
  /** 1 / `instances` for the real predictions, 0 after them. `[capacity]` */
  weights: Float32Array;
  /** The number of real predictions. */
  instances: number;
  /** The user of each real prediction. `[instances]` */
  users: Int32Array;
  /** The number of slots that hold an item. */
  used: number;
}

/** How many segments may wait for the next batch because they fit nowhere in this one, before it is closed. */
const lookAhead = 64;

/** The share of slots that may stay empty because no segment fits there: just under that was measured. */
const gaps = 0.01;

/**
 * Packs segments into batches of one shape, several to a row, keeping their order as far as they fit.
 *
 * A segment goes to the fullest row that has room for it. One that no longer fits waits for the next batch, where it
 * comes first. The target of a query is the item that follows it in the user's whole sequence: so training and
 * evaluation segments are packed alike. Shuffle `segments` beforehand, for evaluation too: where they are sorted by
 * length, some batches run out of rows long before their capacity.
 *
 * @throws {ParameterError} if a size is not a positive integer, or a segment is longer than a row or has more
 *   predictions or items than a batch
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { sequenceSegments } from "./segments.ts";
 * import { packBatches } from "./packing.ts";
 * import assert from "node:assert/strict";
 *
 * const sequences = packSequences([[5, 6, 7, 8, 9], [2, 1, 0, 3]]);
 * const [batch] = packBatches(sequenceSegments(sequences, 4), sequences, { rows: 1, length: 4, capacity: 3 });
 * assert.deepEqual([...batch.items], [5, 6, 2, 0]); // the last slot is empty
 * assert.deepEqual([...batch.positions], [0, 1, 0, 0]);
 * assert.deepEqual([...batch.segments], [0, 0, 1, -4]);
 * assert.deepEqual([...batch.targets], [6, 7, 1]);
 * ```
 */
export function packBatches(
  segments: readonly Segment[],
  sequences: Sequences,
  shape: BatchShape,
): PackedBatch[] {
  for (const name of ["rows", "length", "capacity"] as const) {
    checkPositiveInteger(
      name,
      shape[name],
      "Take for example the rows from rowsFor, length 50 and capacity 2048.",
    );
  }
  const batches: PackedBatch[] = [];
  let waiting: Segment[] = [];
  let next = 0;
  while (waiting.length > 0 || next < segments.length) {
    const packer = startBatch(sequences, shape);
    const deferred = waiting.filter((segment) => !packer.place(segment));
    while (next < segments.length && deferred.length < lookAhead && !packer.isFull()) {
      const segment = segments[next++];
      checkFits(segment, sequences, shape);
      if (!packer.place(segment)) deferred.push(segment);
    }
    batches.push(packer.finish());
    waiting = deferred;
  }
  return batches;
}

/**
 * Returns how many rows a batch needs so that nearly every batch is filled to `capacity`, with few empty slots.
 *
 * The mean number of slots per prediction gives the mean need; the rows also cover one standard deviation of a batch of
 * shuffled segments and the gaps at row ends.
 *
 * @param segments all that will be packed, in any order
 * @param capacity the most predictions in a batch
 * @param length items per row
 */
export function rowsFor(segments: readonly Segment[], capacity: number, length: number): number {
  let slots = 0;
  let instances = 0;
  for (const segment of segments) {
    slots += segment.length;
    instances += queryCount(segment);
  }
  if (instances === 0) return 1;
  const slotsPerInstance = slots / instances;
  let squares = 0;
  for (const segment of segments) squares += (segment.length - slotsPerInstance * queryCount(segment)) ** 2;
  const needed = Math.min(capacity, instances);
  const deviation = Math.sqrt(squares * needed / instances);
  return Math.ceil((1 + gaps) * (needed * slotsPerInstance + deviation) / length);
}

const noItems: ReadonlySet<number> = new Set();

/** Returns the distinct items that a segment reads and predicts. */
function itemsOf({ user, start, length }: Segment, { items, offsets }: Sequences): Set<number> {
  const first = offsets[user] + start;
  return new Set(items.subarray(first, first + length + 1));
}

function queryCount(segment: Segment): number {
  return segment.length - segment.firstQuery;
}

/** Starts an empty batch that segments can be placed into one after the other. */
function startBatch(sequences: Sequences, { rows, length, capacity, distinctItems = Infinity }: BatchShape) {
  const items = new Int32Array(rows * length);
  const positions = new Int32Array(rows * length);
  const segments = Int32Array.from(items, (_, slot) => -1 - slot);
  const queries = new Int32Array(capacity);
  const targets = new Int32Array(capacity);
  const users = new Int32Array(capacity);
  const findRow = trackFreeSlots(rows, length);
  const distinct = new Set<number>();
  let placed = 0;
  let instances = 0;
  let used = 0;

  function place(segment: Segment): boolean {
    if (instances + queryCount(segment) > capacity) return false;
    const fresh = distinctItems < Infinity ? itemsOf(segment, sequences).difference(distinct) : noItems;
    if (distinct.size + fresh.size > distinctItems) return false;
    const slot = findRow(segment.length);
    if (slot < 0) return false;
    for (const item of fresh) distinct.add(item);
    const source = sequences.offsets[segment.user] + segment.start;
    for (let position = 0; position < segment.length; position++) {
      items[slot + position] = sequences.items[source + position];
      positions[slot + position] = position;
      segments[slot + position] = placed;
    }
    for (let query = segment.firstQuery; query < segment.length; query++) {
      queries[instances] = slot + query;
      targets[instances] = sequences.items[source + query + 1];
      users[instances] = segment.user;
      instances++;
    }
    placed++;
    used += segment.length;
    return true;
  }

  function finish(): PackedBatch {
    const weights = new Float32Array(capacity).fill(1 / instances, 0, instances);
    return {
      rows,
      length,
      items,
      positions,
      segments,
      queries,
      targets,
      weights,
      instances,
      users: users.slice(0, instances),
      used,
    };
  }

  return { place, finish, isFull: () => instances === capacity || used === rows * length };
}

function checkFits(
  segment: Segment,
  sequences: Sequences,
  { length, capacity, distinctItems = Infinity }: BatchShape,
): void {
  if (segment.length > length) {
    throw new ParameterError({
      where: "length",
      expected: `rows that hold a segment of ${segment.length} items`,
      found: `rows of ${length}`,
      advice: "Make the segments with a maximum length of at most this.",
    });
  }
  if (queryCount(segment) > capacity) {
    throw new ParameterError({
      where: "capacity",
      expected: `room for the ${queryCount(segment)} predictions of one segment`,
      found: `room for ${capacity}`,
      advice: "Raise batchSize (pretrainingBatchSize in pre-training), or use a smaller maximum length.",
    });
  }
  if (segment.length + 1 > distinctItems && itemsOf(segment, sequences).size > distinctItems) {
    throw new ParameterError({
      where: "distinctItems",
      expected: `room for the ${itemsOf(segment, sequences).size} items of one segment`,
      found: `room for ${distinctItems}`,
      advice: "Allow at least as many as the longest segment has.",
    });
  }
}
