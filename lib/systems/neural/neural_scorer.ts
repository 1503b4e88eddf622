import { packSequences } from "../../data/domain.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import type { Engine } from "../../engine/program.ts";
import { historiesAtOnce } from "../../evaluation/at_once.ts";
import { checkIndices } from "../../evaluation/queries.ts";
import { checkHistories, type ItemScorer } from "../../evaluation/item_scorer.ts";
import { createScorer, type ItemTables } from "../../evaluation/scorer.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { createGenerator, shuffle } from "../../random.ts";
import { maskQueries } from "../../training/packing/mask_queries.ts";
import { packBatches, type PackedBatch, rowsFor } from "../../training/packing/packing.ts";
import { evaluationSegments } from "../../training/packing/segments.ts";

/** Scores items after histories, and gives the vectors whose products the scores are. */
export interface NeuralScorer extends ItemScorer {
  /** Returns the vector of each history. `[histories × width]` */
  encode(histories: readonly Int32Array[]): Promise<{ values: Float32Array; width: number }>;
  /** Returns the vectors of the items. */
  readTables(): Promise<ItemTables>;
}

/** Histories up to which a batch is small. */
const few = 16;

/**
 * Makes a trained model score histories: one alone within milliseconds, many in full batches.
 *
 * @param features of all items, `[items × feature size]`; null for a model that reads none
 * @param parameters of the trained model, by name
 */
export async function createNeuralScorer(
  engine: Engine,
  model: SequenceModel,
  features: Float32Array | null,
  parameters: Arrays,
): Promise<NeuralScorer> {
  const { items, maxLength, queryAt } = model;
  const scorer = await createScorer(engine, model, features);
  await scorer.setParameters(parameters);
  const atOnce = historiesAtOnce(items);

  /** Packs histories, each followed by its target; the batches' users are the histories' numbers. */
  function pack(histories: readonly Int32Array[], targets: Int32Array | null): PackedBatch[] {
    checkHistories(histories, items);
    if (targets) checkIndices(targets, items, "targets");
    const read = histories.map((history) => history.subarray(-maxLength));
    const sequences = packSequences(read.map((history, at) => [...history, targets?.[at] ?? 0]));
    const segments = evaluationSegments(sequences, "test", maxLength, queryAt);
    // each shape is a program of its own: a few serve all numbers of histories
    const capacity = Math.min(atOnce, [1, few].find((size) => histories.length <= size) ?? atOnce);
    if (histories.length > capacity) shuffle(createGenerator(1), segments); // so that the batches fill evenly
    const needed = rowsFor(segments, capacity, maxLength);
    const rows = Math.min(capacity, 2 ** Math.ceil(Math.log2(needed)));
    const batches = packBatches(segments, sequences, { rows, length: maxLength, capacity });
    return queryAt === "mask" ? batches.map((batch) => maskQueries(batch, items)) : batches;
  }

  return {
    async score(histories) {
      const batches = pack(histories, null);
      const isInOrder = batches.length === 1 && batches[0].users.every((history, at) => history === at);
      if (isInOrder) return await scorer.score(batches[0]);
      const all = new Float32Array(histories.length * items);
      for (const batch of batches) {
        const scores = await scorer.score(batch);
        batch.users.forEach((history, at) =>
          all.set(scores.subarray(at * items, (at + 1) * items), history * items)
        );
      }
      return all;
    },
    async rank(histories, targets) {
      const ranks = new Int32Array(histories.length);
      for (const batch of pack(histories, targets)) {
        const found = await scorer.rank(batch);
        batch.users.forEach((history, at) => ranks[history] = found[at]);
      }
      return ranks;
    },
    async encode(histories) {
      let width = 0;
      let all = new Float32Array();
      for (const batch of pack(histories, null)) {
        const vectors = await scorer.encode(batch);
        if (width === 0) all = new Float32Array(histories.length * (width = vectors.width));
        batch.users.forEach((history, at) =>
          all.set(vectors.values.subarray(at * width, (at + 1) * width), history * width)
        );
      }
      return { values: all, width };
    },
    readTables: scorer.readTables,
    release: scorer.release,
  };
}
