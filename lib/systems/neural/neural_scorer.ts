import { packSequences } from "../../data/domain.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import type { Engine } from "../../engine/program.ts";
import { checkHistories, type ItemScorer } from "../../evaluation/recommender.ts";
import { createScorer, type Scorer } from "../../evaluation/scorer.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { createGenerator, shuffle } from "../../random.ts";
import { maskQueries } from "../../training/packing/mask_queries.ts";
import { type BatchShape, packBatches, type PackedBatch, rowsFor } from "../../training/packing/packing.ts";
import { evaluationSegments } from "../../training/packing/segments.ts";

/** Histories scored at once, where there are many; and the most scores at once, so that memory stays bounded. */
const mostHistories = 512;
const mostScores = 2 ** 25;

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
): Promise<ItemScorer> {
  const { items, maxLength, queryAt } = model;
  const scorer: Scorer = await createScorer(engine, model, features);
  await scorer.setParameters(parameters);
  const capacity = Math.max(1, Math.min(mostHistories, Math.floor(mostScores / items)));
  let manyRows: number | null = null; // of full batches: as the first many histories need it

  /** Packs histories, each followed by its target; the batches' users are the histories' numbers. */
  function pack(histories: readonly Int32Array[], targets: Int32Array | null): PackedBatch[] {
    checkHistories(histories, items);
    const sequences = packSequences(
      histories.map((history, at) => [...history.subarray(-maxLength), targets?.[at] ?? 0]),
    );
    const segments = evaluationSegments(sequences, "test", maxLength, queryAt);
    let shape: BatchShape = { rows: 1, length: maxLength, capacity: 1 };
    if (histories.length > 1) {
      shuffle(createGenerator(1), segments); // the batches fill evenly
      manyRows ??= rowsFor(segments, capacity, maxLength);
      shape = { rows: manyRows, length: maxLength, capacity };
    }
    const batches = packBatches(segments, sequences, shape);
    return queryAt === "mask" ? batches.map((batch) => maskQueries(batch, items)) : batches;
  }

  return {
    async score(histories) {
      const all = new Float32Array(histories.length * items);
      for (const batch of pack(histories, null)) {
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
    release: scorer.release,
  };
}
