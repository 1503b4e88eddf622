import type { Arrays, ArraySpec } from "../engine/array_spec.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import type { Generator } from "../random.ts";
import { itemSampler, type Negatives } from "./negatives.ts";
import { batchArrays, knownNames } from "./next_item.ts";
import type { BatchShape, PackedBatch } from "./packing/packing.ts";

/** Batches that bring the items with them which their step knows. */
export interface KnownItems {
  /** The shape in which batches are to be packed: one that would have more distinct items is closed early. */
  shape: Required<BatchShape>;
  /** How many items a step knows. */
  size: number;
  /** The further inputs of a step. */
  inputs: Record<string, ArraySpec>;
  /** Returns a batch's arrays, its items and targets numbered as in the list of known ones. */
  arrays(batch: PackedBatch, generator: Generator): Arrays;
}

/** So many draws are made for each item that is wanted, at the most: popular ones come again and again. */
const mostDraws = 20;

/** What is added to the score of an item that is no candidate: its probability becomes exactly 0. */
const forbidden = -10000;

/**
 * Makes ready to train on the items of each batch and on drawn ones alone: sampled softmax, corrected for how likely each
 * item was to be there.
 *
 * A step knows the distinct items of its batch, and items that are drawn until its list is full, at least as many as are
 * asked for. They are the candidates of every prediction. A candidate's score is raised by −log π, where π is the
 * probability with which it is in a step's list, 1 − (1 − p)ᵇ (1 − q)ᵈ: p is its share of the training items, of which
 * the batch has b, and q the probability of each of the d draws. So the sum of the candidates' exponentials is, in the
 * mean, that of all items'. A user's own items, the target among them, are there in any case (π = 1) in that user's
 * predictions. Each item is in the list once, so that a draw of the target counts for nothing.
 *
 * @param model whose items they are
 * @param counts how often each item occurs in training. `[items]`
 * @param typical an epoch's batches, which tell how many distinct items a batch has
 * @param shape in which those were packed
 */
export function knownItems(
  { items, queryAt }: Pick<SequenceModel, "items" | "queryAt">,
  counts: Int32Array,
  { by, count }: Negatives,
  typical: readonly PackedBatch[],
  shape: BatchShape,
): KnownItems {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sampler = itemSampler(by, counts);
  const places = new Int32Array(items).fill(-1); // in the list of the batch at hand
  const most = typical.reduce((most, batch) => Math.max(most, withList(batch, ({ length }) => length)), 1);
  // packing counts the item behind a segment, too, which is not read where the last one is masked
  const distinctItems = queryAt === "mask" ? most + 1 : most;
  const size = Math.min(items, distinctItems + count);
  const { capacity } = shape;
  const corrections = new Float32Array(capacity * size);

  /** Hands on the list of a batch's distinct items, with `places` set for as long as that takes. */
  function withList<T>(batch: PackedBatch, use: (list: number[]) => T): T {
    const list: number[] = [];
    batch.items.forEach((item, slot) => {
      if (batch.segments[slot] >= 0 && item < items) add(item, list);
    });
    batch.targets.subarray(0, batch.instances).forEach((item) => add(item, list));
    const result = use(list);
    for (const item of list) places[item] = -1;
    return result;
  }

  function add(item: number, list: number[]) {
    if (places[item] < 0) places[item] = list.push(item) - 1;
  }

  /** Draws items until the list is full; where only rare ones are left, others fill it. Returns what was drawn. */
  function fill(list: number[], generator: Generator): { draws: number; candidates: number } {
    let draws = 0;
    const most = size === items ? 0 : mostDraws * size;
    for (; list.length < size && draws < most; draws++) add(sampler.draw(generator), list);
    const candidates = list.length;
    for (let item = 0; list.length < size; item++) add(item, list);
    return { draws, candidates };
  }

  /** Returns −log π of each item of the list, which it fills. */
  function fillAndCorrect(list: number[], occurrences: number, generator: Generator): Float32Array {
    const { draws, candidates } = fill(list, generator);
    return Float32Array.from(list, (item, place) => {
      if (size === items) return 0; // nothing is left out
      if (place >= candidates) return forbidden;
      const absent = occurrences * Math.log1p(-counts[item] / total) +
        draws * Math.log1p(-sampler.probability(item));
      return -Math.log(-Math.expm1(absent));
    });
  }

  return {
    shape: { ...shape, distinctItems },
    size,
    inputs: {
      [knownNames.items]: { shape: [size], type: "int32" },
      [knownNames.corrections]: { shape: [capacity, size], type: "float32" },
    },
    arrays: (batch, generator) =>
      withList(batch, (list) => {
        const local: PackedBatch = {
          ...batch,
          items: batch.items.map((item, slot) =>
            batch.segments[slot] < 0 ? 0 : item < items ? places[item] : size
          ),
          targets: batch.targets.map((item, at) => at < batch.instances ? places[item] : 0),
        };
        const own = ownPlaces(local, size);
        const occurrences = [...own.values()].reduce((sum, places) => sum + places.size, 0);
        const usual = fillAndCorrect(list, occurrences, generator);
        for (let at = 0; at < capacity; at++) corrections.set(usual, at * size);
        batch.users.forEach((user, at) => {
          for (const place of own.get(user)!) corrections[at * size + place] = 0;
        });
        return {
          ...batchArrays(local),
          [knownNames.items]: Int32Array.from(list),
          [knownNames.corrections]: corrections,
        };
      }),
  };
}

/**
 * Returns which items each user of a batch reads or is to predict.
 *
 * @param mask the number of the mask among the items
 */
function ownPlaces(
  { items, segments, queries, targets, users }: PackedBatch,
  mask: number,
): Map<number, Set<number>> {
  const own = new Map<number, Set<number>>();
  const userOf = new Map<number, number>(); // by segment
  users.forEach((user, at) => {
    userOf.set(segments[queries[at]], user);
    const places = own.get(user) ?? new Set();
    own.set(user, places.add(targets[at]));
  });
  items.forEach((place, slot) => {
    if (segments[slot] >= 0 && place !== mask) own.get(userOf.get(segments[slot])!)!.add(place);
  });
  return own;
}
