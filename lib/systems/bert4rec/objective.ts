import { packSequences, sequenceOf, type Sequences, userCount } from "../../data/domain.ts";
import { trainingCounts } from "../../data/training_counts.ts";
import { historyOf } from "../../data/split.ts";
import { ParameterError } from "../../errors.ts";
import { scoresAtOnce } from "../../nn/losses/item_cross_entropy.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { createGenerator, type Generator, integer, shuffle, uniform } from "../../random.ts";
import type { TrainingBatch } from "../../training/fit.ts";
import { maskQueries } from "../../training/packing/mask_queries.ts";
import { knownItems } from "../../training/known_items.ts";
import { batchArrays, knownNames, nextItemInputs, nextItemLoss } from "../../training/next_item.ts";
import { nothingToTrainOn } from "../../training/next_item_objective.ts";
import type { CreateObjective, ObjectiveSettings } from "../../training/objective.ts";
import { type BatchShape, packBatches, type PackedBatch, rowsFor } from "../../training/packing/packing.ts";
import type { Segment } from "../../training/packing/segments.ts";

/** How masks are drawn. */
export const clozeShares = {
  /** The probability with which an item is masked. */
  masked: 0.2,
  /** The share of stretches whose last item alone is masked, as it is in the test. */
  lastOnly: 0.5,
};

/**
 * Trains BERT4Rec to tell which items the masks stand for, among all items (the cloze objective).
 *
 * Each epoch reads stretches of the training sequences, up to the last training item, and draws anew which items are
 * masked: in half of the stretches only the last, as in the test, in the others each with probability 0.2, but at
 * least one. An epoch passes over the stretches several times, so that it has as many predictions as there are next
 * items. With `sequence` the stretches are whole sequences, cut into windows of the model's maximum length; with
 * `prefix` every start of every sequence is a stretch of its own, as in RecBole, at many times the cost. RecBole leaves
 * out the last training item of every user and all masks at first positions: these are trained here.
 *
 * @throws {DataError} if no user has two training items
 * @throws {ParameterError} if the model has no mask, or the masks of one stretch may not fit into a batch
 */
export const clozeObjective: CreateObjective = (
  model,
  { name, sequences },
  { batchSize, instances, negatives = null },
) => {
  checkModel(model);
  const length = model.maxLength;
  const stretches = stretchesOf(sequences, length, instances);
  if (userCount(stretches) === 0) throw nothingToTrainOn(name);
  checkBatchSize(batchSize, stretches);
  // the batches' shape is that of a typical pass over the stretches
  const typical = drawSegments(createGenerator(1), stretches);
  const rows = rowsFor(typical.segments, batchSize, length);
  const passes = instances === "prefix" ? 1 : passesFor(stretches, typical.masked);
  const shape = { rows, length, capacity: batchSize };
  const known = negatives && knownItems(
    model,
    trainingCounts({ itemIds: { length: model.items }, sequences }),
    negatives,
    packMasked(typical, shape, createGenerator(1)),
    shape,
  );
  return {
    inputs: { ...nextItemInputs(model, shape), ...known?.inputs },
    ...(known ? { known: knownNames.items } : {}),
    scores: scoresAtOnce(batchSize, known?.size ?? model.items),
    loss: nextItemLoss(model),
    batches: (generator) => Array.from({ length: passes }, () => pass(generator)).flat(),
  };

  function pass(generator: Generator): TrainingBatch[] {
    const drawn = drawSegments(generator, stretches);
    return packMasked(drawn, known?.shape ?? shape, generator).map((batch) => ({
      arrays: (generator) => known ? known.arrays(batch, generator) : batchArrays(batch),
      instances: batch.instances,
    }));
  }

  function packMasked({ masked, segments }: DrawnMasks, packed: BatchShape, generator: Generator) {
    return packBatches(shuffle(generator, segments), stretches, packed)
      .map((batch) => maskQueries(moveQueries(batch, masked), model.items));
  }
};

/**
 * Returns how often an epoch passes over the stretches, with new masks each time: as often as it takes to make about as
 * many predictions as there are next items. Early stopping counts epochs, and would end sooner for fewer predictions.
 */
function passesFor(stretches: Sequences, masked: readonly number[][]): number {
  const predictions = masked.reduce((sum, positions) => sum + positions.length, 0);
  return Math.max(1, Math.round((stretches.items.length - userCount(stretches)) / predictions));
}

/** Returns the stretches that are read, each as a sequence of its own; one item alone tells nothing of another. */
function stretchesOf(
  sequences: Sequences,
  maxLength: number,
  instances: ObjectiveSettings["instances"],
): Sequences {
  const stretches: Int32Array[] = [];
  for (let user = 0; user < userCount(sequences); user++) {
    const items = historyOf(sequences, user, "train");
    if (instances === "prefix") {
      for (let end = 2; end <= items.length; end++) {
        stretches.push(items.subarray(Math.max(0, end - maxLength), end));
      }
    } else if (items.length >= 2) {
      // side by side from the end; the first reaches over the second rather than being short
      // not by halves as in segments.ts, where an overlap is history without queries: masks are drawn everywhere
      for (let end = items.length; end > 0; end -= maxLength) {
        const start = Math.max(0, end - maxLength);
        stretches.push(items.subarray(start, start + maxLength));
      }
    }
  }
  return packSequences(stretches);
}

/** Which positions of each stretch are masked, ascending, and for each stretch a segment whose `user` is its number. */
interface DrawnMasks {
  masked: number[][];
  segments: Segment[];
}

/** Draws which positions of each stretch are masked, and makes segments with as many predictions. */
function drawSegments(generator: Generator, stretches: Sequences): DrawnMasks {
  const masked = Array.from(
    { length: userCount(stretches) },
    (_, stretch) => drawMasked(generator, sequenceOf(stretches, stretch).length),
  );
  const segments = masked.map((positions, stretch) => {
    const { length } = sequenceOf(stretches, stretch);
    return { user: stretch, start: 0, length, firstQuery: length - positions.length };
  });
  return { masked, segments };
}

function drawMasked(generator: Generator, length: number): number[] {
  if (uniform(generator) < clozeShares.lastOnly) return [length - 1];
  const positions = Array.from({ length }, (_, position) => position)
    .filter(() => uniform(generator) < clozeShares.masked);
  return positions.length > 0 ? positions : [integer(generator, length)];
}

/** Moves the queries, which packing puts at the end of each stretch, to the stretch's masked positions. */
function moveQueries(batch: PackedBatch, masked: readonly number[][]): PackedBatch {
  const queries = batch.queries.slice();
  let first = 0; // the stretch's first query
  for (let i = 0; i < batch.instances; i++) {
    if (batch.users[i] !== batch.users[first]) first = i;
    const start = batch.queries[i] - batch.positions[batch.queries[i]];
    queries[i] = start + masked[batch.users[i]][i - first];
  }
  return { ...batch, queries };
}

function checkModel({ name, queryAt }: SequenceModel) {
  if (queryAt === "mask") return;
  throw new ParameterError({
    where: "objective",
    expected: "a model with a mask, such as BERT4Rec",
    found: name,
    advice: "Train this model with nextItemObjective.",
  });
}

/** Checks that a batch holds the masks of any stretch, whatever is drawn in a later epoch. */
function checkBatchSize(batchSize: number, stretches: Sequences) {
  const lengths = stretches.offsets.subarray(1).map((end, stretch) => end - stretches.offsets[stretch]);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  if (batchSize >= longest) return;
  throw new ParameterError({
    where: "batchSize",
    expected: `at least ${longest}, as so many items of one sequence may be masked`,
    found: String(batchSize),
    advice: "Use a larger batch or a smaller maximum length.",
  });
}
