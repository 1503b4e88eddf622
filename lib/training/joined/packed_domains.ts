import type { Sequences } from "../../data/domain.ts";
import type { NumberArray } from "../../engine/array_spec.ts";
import { DataError } from "../../errors.ts";
import { createGenerator, type Generator, shuffle } from "../../random.ts";
import type { PackedView } from "./augment.ts";
import { domainOf, type JoinedItems } from "./joined_items.ts";
import { type BatchShape, packBatches, type PackedBatch, rowsFor } from "../packing/packing.ts";
import type { Segment } from "../packing/segments.ts";

/** Several domains' sequences, ready to be packed into batches of one shape. */
export interface PackedDomains {
  shape: Required<BatchShape>;
  /** Predictions in an epoch, by domain. */
  instances: Record<string, number>;
  /** Packs an epoch's batches, shuffled over all domains. */
  pack(generator: Generator): PackedBatch[];
}

/**
 * Makes ready to pack the sequences of joined domains, which mix in a batch in proportion to their predictions.
 *
 * @param makeSegments cuts the sequences
 * @param batchSize the most predictions in a batch
 * @param maxLength the most items that the encoder reads at once
 * @throws {DataError} if a domain has nothing to be trained on
 */
export function packDomains(
  joined: JoinedItems,
  makeSegments: (sequences: Sequences, maxLength: number) => Segment[],
  batchSize: number,
  maxLength: number,
): PackedDomains {
  const { sequences } = joined;
  const segments = makeSegments(sequences, maxLength);
  const instances = countInstances(segments, joined);
  const sizes = { rows: rowsFor(segments, batchSize, maxLength), length: maxLength, capacity: batchSize };
  const pack = (generator: Generator, shape: BatchShape) =>
    packBatches(shuffle(generator, segments.slice()), sequences, shape);
  // as many as a typical epoch's fullest batch has: a batch that would have more is closed early
  const distinctItems = pack(createGenerator(1), sizes)
    .reduce((most, batch) => Math.max(most, indexItems(batch).items.length), 1);
  const shape = { ...sizes, distinctItems };
  return { shape, instances, pack: (generator) => pack(generator, shape) };
}

/** Counts the instances of each domain. */
function countInstances(segments: Segment[], { names, firstUsers }: JoinedItems): Record<string, number> {
  const instances = Object.fromEntries(names.map((name) => [name, 0]));
  for (const { user, length, firstQuery } of segments) {
    instances[names[domainOf(firstUsers, user)]] += length - firstQuery;
  }
  const empty = names.find((name) => instances[name] === 0);
  if (empty === undefined) return instances;
  throw new DataError({
    where: `training sequences of ${empty}`,
    expected: "a user with at least two training items, beside the two held out",
    found: "none",
    advice: "Leave this data set out, or use one with longer sequences.",
  });
}

/** Returns the values in an array of a given length, with zeros after them. */
export function padded<T extends NumberArray>(
  type: new (length: number) => T,
  values: ArrayLike<number>,
  length: number,
): T {
  const array = new type(length);
  array.set(values);
  return array;
}

/** A batch whose items are numbers of rows, and the items that belong in the rows. */
export interface IndexedItems {
  items: number[];
  view: PackedView;
  /** `[capacity]` */
  targets: Int32Array;
}

/** Numbers the distinct items that a batch reads and predicts. */
export function indexItems(
  { items, positions, segments, queries, targets, instances }: PackedBatch,
): IndexedItems {
  const rowOf = new Map<number, number>();
  const row = (item: number) => {
    if (!rowOf.has(item)) rowOf.set(item, rowOf.size);
    return rowOf.get(item)!;
  };
  return {
    view: {
      items: items.map((item, slot) => segments[slot] < 0 ? 0 : row(item)),
      positions,
      segments,
      queries,
    },
    targets: targets.map((item, i) => i < instances ? row(item) : 0),
    items: [...rowOf.keys()],
  };
}
