import type { Sequences } from "../data/domain.ts";
import { unranked } from "../data/split.ts";
import { createGenerator, shuffle } from "../random.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { maskQueries } from "../training/packing/mask_queries.ts";
import { type BatchShape, packBatches, type PackedBatch, rowsFor } from "../training/packing/packing.ts";
import { evaluationSegments, type Segment } from "../training/packing/segments.ts";
import { historiesAtOnce } from "./at_once.ts";
import type { Scorer } from "./scorer.ts";

/** Histories of users side by side, ready to be scored, and the shape that they have. */
export interface EvaluationBatches {
  shape: BatchShape;
  batches: PackedBatch[];
}

/** Which order the users come in does not change a score; shuffled, the batches fill evenly. */
const shuffleSeed = 1;

/** Packs every user's history before the held-out item of a part, as a model reads it. */
export function evaluationBatches(
  sequences: Sequences,
  parts: readonly ("valid" | "test")[],
  { items, maxLength, queryAt }: Pick<SequenceModel, "items" | "maxLength" | "queryAt">,
): Record<string, EvaluationBatches> {
  const segments = parts.map((part) =>
    shuffle(createGenerator(shuffleSeed), evaluationSegments(sequences, part, maxLength, queryAt))
  );
  const capacity = historiesAtOnce(items);
  // one shape for all parts, so that one program scores them
  const rows = Math.max(...segments.map((list) => rowsFor(list, capacity, maxLength)));
  const shape = { rows, length: maxLength, capacity };
  const pack = (list: Segment[]) => {
    const batches = packBatches(list, sequences, shape);
    return queryAt === "mask" ? batches.map((batch) => maskQueries(batch, items)) : batches;
  };
  return Object.fromEntries(parts.map((part, i) => [part, { shape, batches: pack(segments[i]) }]));
}

/**
 * Returns the 0-based rank of each user's held-out item among all items.
 *
 * @param scorer with the parameters set
 * @returns `[users]`; −1 for a user without a history, `notAsked` for one without an item in this part of a split by time
 * @throws {EngineError} if a score is not finite
 */
export async function rankUsers(
  scorer: Pick<Scorer, "rank">,
  { batches }: EvaluationBatches,
  sequences: Sequences,
): Promise<Int32Array> {
  const ranks = unranked(sequences);
  for (const batch of batches) {
    const found = await scorer.rank(batch);
    batch.users.forEach((user, at) => ranks[user] = found[at]);
  }
  return ranks;
}
