import type { Domain } from "../data/domain.ts";
import { historyOf, targetOf, usersOf } from "../data/split.ts";
import { featureRows } from "../data/without_items.ts";
import { ParameterError } from "../errors.ts";
import { meansOf, type MetricName, metricsPerUser } from "../evaluation/metrics.ts";
import type { Recommender } from "../evaluation/recommender.ts";

/** How well items that were never trained on are ranked. */
export interface NewItemResult {
  /** Knows all items, the new ones by their texts alone. */
  recommender: Recommender;
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
 * @param trained without the withheld items
 * @param domain with them, and with their features
 * @param withheld item indices in the domain, from `withholdItems`
 * @throws {ParameterError} if the recommender knows items by their IDs only
 */
export async function measureNewItems(
  trained: Recommender,
  domain: Domain,
  withheld: Int32Array,
): Promise<NewItemResult> {
  const { itemIds, features, sequences } = domain;
  if (!trained.withItems || !features) {
    throw new ParameterError({
      where: "recommender",
      expected: "one that knows items by their texts, as UniSRec t does",
      found: trained.system,
      advice: "What knows items by ID has nothing to say about new ones.",
    });
  }
  const recommender = await trained.withItems({
    ids: Array.from(withheld, (item) => itemIds[item]),
    features: featureRows(features, withheld),
  });
  const indices = new Map(recommender.itemIds.map((id, index) => [id, index]));
  const indexOf = (item: number) => indices.get(itemIds[item])!;
  const isNew = new Set(withheld);
  const users = usersOf(sequences, "test")
    .filter((user) => isNew.has(targetOf(sequences, user, "test")));
  if (users.length === 0) return { recommender, users, ranks: new Int32Array(), means: null };
  const ranks = await recommender.rank(
    Array.from(users, (user) => historyOf(sequences, user, "test").map(indexOf)),
    users.map((user) => indexOf(targetOf(sequences, user, "test"))),
  );
  return { recommender, users, ranks, means: meansOf(metricsPerUser(ranks, [10, 50])) };
}
