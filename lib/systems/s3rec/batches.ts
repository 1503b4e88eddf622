import type { Domain, FeatureTable } from "../../data/domain.ts";
import { historyOf } from "../../data/split.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import type { S3RecPretraining } from "./model.ts";
import { type Generator, integer, shuffle, uniform } from "../../random.ts";
import { nothingToTrainOn } from "../../training/next_item_objective.ts";
import type { Objective } from "../../training/objective.ts";
import { otherStretches } from "./other_stretches.ts";
import { packBatches, type PackedBatch, rowsFor } from "../../training/packing/packing.ts";
import { s3RecInputs, s3RecLoss } from "./loss.ts";
import { wholeSegments } from "../../training/packing/segments.ts";

/** The share of items that are masked one by one. */
export const maskedShare = 0.2;

/**
 * Makes the objective of pre-training S3-Rec on a domain's own training sequences.
 *
 * An instance is a training item. Every time a sequence is read, other items and another stretch of it are masked: each
 * item with probability 0.2, and up to half of the sequence in a row. An item's attribute is its own number. What has
 * no negative, as the user has all items or no other user has as many, does not count.
 *
 * @param batchSize training items per step
 * @param maxLength the most items that the encoder reads at once
 * @throws {DataError} if no user has a training item
 */
export function s3RecObjective(
  model: S3RecPretraining,
  { name, sequences, features }: Pick<Domain, "name" | "sequences"> & { features: FeatureTable },
  batchSize: number,
  maxLength: number,
): Objective {
  const segments = wholeSegments(sequences, maxLength);
  if (segments.length === 0) throw nothingToTrainOn(name);
  const shape = { rows: rowsFor(segments, batchSize, maxLength), length: maxLength, capacity: batchSize };
  const mask = model.items;
  const drawOther = otherStretches(sequences);

  /** Masks single items of the first view, and draws what else might stand in their place. */
  function maskItems(batch: PackedBatch, generator: Generator) {
    const view = batch.items.slice();
    const targets = new Int32Array(batchSize);
    const negatives = new Int32Array(batchSize);
    const seenWeights = new Float32Array(batchSize);
    const maskedWeights = new Float32Array(batchSize);
    let known = { user: -1, items: new Set<number>() };
    for (let i = 0; i < batch.instances; i++) {
      const slot = batch.queries[i];
      targets[i] = negatives[i] = batch.items[slot];
      if (uniform(generator) >= maskedShare) {
        seenWeights[i] = batch.weights[i];
        continue;
      }
      const user = batch.users[i];
      if (known.user !== user) known = { user, items: new Set(historyOf(sequences, user, "train")) };
      view[slot] = mask;
      maskedWeights[i] = batch.weights[i];
      negatives[i] = drawAbsent(generator, known.items, model.items) ?? targets[i];
    }
    return { maskedItems: view, targets, attributes: targets, negatives, seenWeights, maskedWeights };
  }

  /** Masks a stretch of every sequence, and draws another user's stretch for its place. */
  function maskSegments(batch: PackedBatch, generator: Generator) {
    const maskedSegment = batch.items.slice();
    const segment = batch.items.slice();
    const otherSegment = batch.items.slice();
    const ends = new Int32Array(batchSize);
    const endWeights = new Float32Array(batchSize);
    let sequencesMasked = 0;
    for (const { user, start, end } of sequencesIn(batch)) {
      if (end - start < 2) continue;
      const length = 1 + integer(generator, Math.floor((end - start) / 2));
      const first = start + integer(generator, end - start - length + 1);
      const other = drawOther(generator, user, length);
      if (other === null) continue;
      maskedSegment.fill(mask, first, first + length);
      for (const view of [segment, otherSegment]) {
        view.fill(mask, start, first);
        view.fill(mask, first + length, end);
      }
      otherSegment.set(other, first);
      ends[sequencesMasked] = end - 1;
      endWeights[sequencesMasked] = 1 / batch.instances;
      sequencesMasked++;
    }
    return { maskedSegment, segment, otherSegment, ends, endWeights };
  }

  function arraysOf(batch: PackedBatch, generator: Generator): Arrays {
    const { positions, segments, queries } = batch;
    return {
      positions,
      segments,
      queries,
      ...maskItems(batch, generator),
      ...maskSegments(batch, generator),
    };
  }

  return {
    inputs: s3RecInputs(model, shape),
    constants: { features: features.values },
    loss: s3RecLoss(model),
    batches: (generator) =>
      packBatches(shuffle(generator, segments.slice()), sequences, shape).map((batch) => ({
        arrays: (generator) => arraysOf(batch, generator),
        instances: batch.instances,
      })),
  };
}

/** Draws an item that is not among those given, or null if all are. */
function drawAbsent(generator: Generator, present: ReadonlySet<number>, items: number): number | null {
  if (present.size >= items) return null;
  let item = integer(generator, items);
  while (present.has(item)) item = integer(generator, items);
  return item;
}

/** Returns the slots from `start` up to, but not including, `end` of each sequence in a batch. */
function sequencesIn({ segments, queries, users, instances }: PackedBatch) {
  const found: { user: number; start: number; end: number }[] = [];
  let last = -1;
  for (let i = 0; i < instances; i++) {
    const segment = segments[queries[i]];
    if (segment === last) continue;
    last = segment;
    let [start, end] = [queries[i], queries[i] + 1];
    while (segments[start - 1] === segment) start--;
    while (segments[end] === segment) end++;
    found.push({ user: users[i], start, end });
  }
  return found;
}
