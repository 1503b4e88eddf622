import type { Arrays, ArraySpec } from "../../engine/array_spec.ts";
import type { Generator } from "../../random.ts";
import type { Tags } from "../../text/tags.ts";
import { drawKept, dropItems, keepFirsts, type PackedView } from "../../training/joined/augment.ts";
import { domainOf, type JoinedItems } from "../../training/joined/joined_items.ts";
import type { PretrainingObjective } from "../../training/objective.ts";
import { indexItems, packDomains, padded } from "../../training/joined/packed_domains.ts";
import type { PackedBatch } from "../../training/packing/packing.ts";
import { sequenceSegments } from "../../training/packing/segments.ts";
import { createTagPairs, type TagPairs } from "./tag_pairs.ts";

/** The share of a sequence's items that each view lacks. */
const dropRate = 0.2;

/** The number of no domain: that of rows without an item. */
const noDomain = -1;

/** Batches of several domains for the pre-training of CCDR. */
export interface CcdrBatches extends Omit<PretrainingObjective, "loss"> {
  /** The tags that connect domains, or null if there are none. */
  tags: TagPairs | null;
}

/**
 * Makes batches in which the domains mix in proportion to their instances.
 *
 * A batch names the rows of the item table that it reads. Of its sequences, those in the first half of its rows are
 * contrasted: their two views lie in one packed batch, the first views above the second, and cost one pass more.
 *
 * @param tags of the domains in their order
 * @param batchSize instances in a batch
 * @param maxLength the most items that the encoder reads at once
 * @throws {DataError} if a domain has nothing to be trained on
 */
export function createCcdrBatches(
  joined: JoinedItems,
  tags: Tags,
  batchSize: number,
  maxLength: number,
): CcdrBatches {
  const { firstItems, firstUsers } = joined;
  const { shape, instances, pack } = packDomains(joined, sequenceSegments, batchSize, maxLength);
  const half = Math.ceil(shape.rows / 2) * maxLength;
  // a contrasted sequence has two items or more
  const sequences = Math.max(1, Math.floor(half / 2));
  const pairs = createTagPairs(tags, firstItems);

  function arraysOf(batch: PackedBatch, generator: Generator): Arrays {
    const { items, view, targets } = indexItems(batch);
    const domains = new Int32Array(shape.distinctItems).fill(noDomain);
    items.forEach((item, row) => domains[row] = domainOf(firstItems, item));
    return {
      rows: padded(Int32Array, items, shape.distinctItems),
      domains,
      ...view,
      targets,
      weights: batch.weights,
      ...contrastedArrays(batch, view, generator),
      ...pairs?.draw(generator),
    };
  }

  function contrastedArrays(batch: PackedBatch, view: PackedView, generator: Generator): Arrays {
    const ends = lastQueries(batch, half);
    const twice = doubled(view, half, ends.map((instance) => batch.queries[instance]));
    const views = dropItems(twice, keepFirsts(drawKept(generator, 2 * half, dropRate), twice));
    const users = ends.map((instance) => batch.users[instance]);
    return {
      "views/items": views.items,
      "views/positions": views.positions,
      "views/segments": views.segments,
      "views/first": padded(Int32Array, views.queries.subarray(0, ends.length), sequences),
      "views/second": padded(Int32Array, views.queries.subarray(ends.length), sequences),
      "views/users": padded(Int32Array, users, sequences),
      "views/domains": padded(Int32Array, users.map((user) => domainOf(firstUsers, user)), sequences),
      "views/weights": padded(Float32Array, ends.map(() => 1 / ends.length), sequences),
    };
  }

  const numbers = (count: number, type: ArraySpec["type"] = "int32"): ArraySpec => ({ shape: [count], type });
  const slots = numbers(shape.rows * maxLength);
  const viewSlots = numbers(2 * half);
  return {
    inputs: {
      rows: numbers(shape.distinctItems),
      domains: numbers(shape.distinctItems),
      items: slots,
      positions: slots,
      segments: slots,
      queries: numbers(batchSize),
      targets: numbers(batchSize),
      weights: numbers(batchSize, "float32"),
      "views/items": viewSlots,
      "views/positions": viewSlots,
      "views/segments": viewSlots,
      "views/first": numbers(sequences),
      "views/second": numbers(sequences),
      "views/users": numbers(sequences),
      "views/domains": numbers(sequences),
      "views/weights": numbers(sequences, "float32"),
      ...pairs?.inputs,
    },
    instances,
    tags: pairs,
    batches: (generator) =>
      pack(generator).map((batch) => ({
        arrays: (generator) => arraysOf(batch, generator),
        instances: batch.instances,
      })),
  };
}

/** Returns the instances at the last items of the segments of two items or more that end before a slot. */
function lastQueries({ queries, positions, segments, instances }: PackedBatch, before: number): number[] {
  return Array.from({ length: instances }, (_, instance) => instance).filter((instance) => {
    const slot = queries[instance];
    return slot < before && positions[slot] > 0 && segments[slot + 1] !== segments[slot];
  });
}

/** Returns the first `slots` slots of a view twice, one after the other, with the queries in each. */
function doubled({ items, positions, segments }: PackedView, slots: number, queries: number[]): PackedView {
  const twice = (values: Int32Array) => Int32Array.from({ length: 2 * slots }, (_, at) => values[at % slots]);
  return {
    items: twice(items),
    positions: twice(positions),
    segments: twice(segments),
    queries: Int32Array.from([...queries, ...queries.map((slot) => slots + slot)]),
  };
}
