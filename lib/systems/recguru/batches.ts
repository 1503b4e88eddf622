import type { Arrays, ArraySpec } from "../../engine/array_spec.ts";
import { domainOf, type JoinedItems } from "../../training/joined/joined_items.ts";
import { nextItemInputs } from "../../training/next_item.ts";
import type { PretrainingObjective } from "../../training/objective.ts";
import { indexItems, packDomains, padded } from "../../training/joined/packed_domains.ts";
import type { PackedBatch } from "../../training/packing/packing.ts";
import { sequenceSegments } from "../../training/packing/segments.ts";

/**
 * Makes batches in which the domains mix in proportion to their instances.
 *
 * A batch names the rows of the item table that it reads; its items are numbers of those. At each query the item there is
 * to be reconstructed, and the next one to be predicted.
 *
 * @param batchSize instances in a batch
 * @param maxLength the most items that the encoder reads at once
 * @throws {DataError} if a domain has nothing to be trained on
 */
export function createRecGuruBatches(
  joined: JoinedItems,
  batchSize: number,
  maxLength: number,
): Omit<PretrainingObjective, "loss"> {
  const { firstItems } = joined;
  const { shape, instances, pack } = packDomains(joined, sequenceSegments, batchSize, maxLength);
  const slots = shape.rows * shape.length;

  function arraysOf(batch: PackedBatch): Arrays {
    const { items, view, targets } = indexItems(batch);
    const rowDomains = new Int32Array(shape.distinctItems).fill(-1);
    rowDomains.set(items.map((item) => domainOf(firstItems, item)));
    const slotDomains = batch.items.map((item) => domainOf(firstItems, item));
    return {
      rows: padded(Int32Array, items, shape.distinctItems),
      rowDomains,
      ...view,
      targets,
      ownItems: view.queries.map((slot) => view.items[slot]),
      weights: batch.weights,
      queryDomains: batch.queries.map((slot) => slotDomains[slot]),
      slotDomains,
      endWeights: weighEnds(batch, slotDomains),
    };
  }

  const numbers = (count: number, type: ArraySpec["type"] = "int32"): ArraySpec => ({ shape: [count], type });
  return {
    inputs: {
      ...nextItemInputs({ items: shape.distinctItems, featureSize: null }, shape),
      ownItems: numbers(shape.capacity),
      rows: numbers(shape.distinctItems),
      rowDomains: numbers(shape.distinctItems),
      queryDomains: numbers(shape.capacity),
      slotDomains: numbers(slots),
      endWeights: numbers(slots, "float32"),
    },
    instances,
    batches: (generator) =>
      pack(generator).map((batch) => ({ arrays: () => arraysOf(batch), instances: batch.instances })),
  };
}

/**
 * Returns the weight of each slot in the discriminator's loss: each sequence counts once, at its end, and the batch's
 * domains count alike, however many sequences they have: so nothing is gained by guessing the largest. `[slots]`
 */
function weighEnds({ segments }: PackedBatch, slotDomains: Int32Array): Float32Array {
  const isEnd = (slot: number) => segments[slot] >= 0 && segments[slot] !== segments[slot + 1];
  const counts = new Map<number, number>();
  slotDomains.forEach((domain, slot) => {
    if (isEnd(slot)) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  });
  return Float32Array.from(
    slotDomains,
    (domain, slot) => isEnd(slot) ? 1 / (counts.get(domain)! * counts.size) : 0,
  );
}
