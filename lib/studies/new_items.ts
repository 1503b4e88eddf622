import type { Domain } from "../data/domain.ts";
import { selectUsers, targetOf, usersOf } from "../data/split.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { meansOf, type MetricName, metricsPerUser } from "../evaluation/metrics.ts";
import { evaluationBatches, rankUsers } from "../evaluation/rank_users.ts";
import { createScorer } from "../evaluation/scorer.ts";

/** How well items that were never trained on are ranked. */
export interface NewItemResult {
  /** The users whose test item is a new one, ascending. */
  users: Int32Array;
  /** The 0-based rank of the test item of each of them among all items. */
  ranks: Int32Array;
  /** Null if there are no such users. */
  means: Record<MetricName, number> | null;
}

/**
 * Ranks the test items of those users whose test item was withheld from training.
 *
 * @param model in the inductive setting, made for all items of the domain
 * @param parameters trained without the withheld items
 * @param withheld item indices in the domain, from `withholdItems`
 */
export async function measureNewItems(
  engine: Engine,
  model: SequenceModel,
  parameters: Arrays,
  domain: Domain,
  withheld: Int32Array,
): Promise<NewItemResult> {
  const isNew = new Set(withheld);
  const users = usersOf(domain.sequences, "test")
    .filter((user) => isNew.has(targetOf(domain.sequences, user, "test")));
  if (users.length === 0) return { users, ranks: new Int32Array(), means: null };
  const sequences = selectUsers(domain.sequences, users);
  const { test } = evaluationBatches(sequences, ["test"], model);
  const scorer = await createScorer(engine, model, domain.features?.values ?? null);
  try {
    await scorer.setParameters(parameters);
    const ranks = await rankUsers(scorer, test, sequences);
    return { users, ranks, means: meansOf(metricsPerUser(ranks, [10, 50])) };
  } finally {
    await scorer.release();
  }
}
