import { packSequences } from "../data/domain.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { evaluationBatches } from "./rank_users.ts";
import { createScorer } from "./scorer.ts";
import { type TopItems, topK } from "./top_k.ts";

/**
 * Returns the K items that a trained model would recommend after each of some histories, the history itself left out.
 *
 * The histories need not be of users that were trained on; in the inductive setting the items need not either: make the
 * model anew for all items, old and new, and pass the features of all.
 *
 * @param parameters of the trained model, by name
 * @param features of all items, `[items × feature size]`; null for a model that reads none
 * @param histories item indices in time order, at least one each
 * @param k how many items are wanted for each
 * @param observe is told again and again for how many histories there are lists
 * @returns one list per history, best first
 */
export async function recommend(
  engine: Engine,
  model: SequenceModel,
  parameters: Arrays,
  features: Float32Array | null,
  histories: readonly ArrayLike<number>[],
  k: number,
  observe?: (done: number) => void,
): Promise<TopItems[]> {
  // evaluation predicts the item after the history: any item may stand there
  const sequences = packSequences(histories.map((history) => [...Array.from(history), 0]));
  const { test } = evaluationBatches(sequences, ["test"], model);
  const scorer = await createScorer(engine, model, features);
  try {
    await scorer.setParameters(parameters);
    const lists: TopItems[] = [];
    let done = 0;
    for (const batch of test.batches) {
      const scores = await scorer.score(batch);
      batch.users.forEach((user, at) => {
        const row = scores.subarray(at * model.items, (at + 1) * model.items);
        lists[user] = topK(row, k, new Set(Array.from(histories[user])));
      });
      observe?.(done += batch.users.length);
    }
    return lists;
  } finally {
    await scorer.release();
  }
}
