import { type Domain, userCount } from "../../lib/data/domain.ts";
import { historyOf, type Part, targetOf } from "../../lib/data/split.ts";
import { ranksOf } from "../../lib/evaluation/metrics.ts";
import { trainingCounts } from "../../lib/data/training_counts.ts";

/**
 * Returns the 0-based rank of each user's held-out item when everyone is recommended the most popular items: what a
 * trained model must beat to have learnt anything of its users.
 *
 * @returns `[users]`; −1 for a user without a history
 */
export function popularityRanks(
  domain: Pick<Domain, "itemIds" | "sequences">,
  part: Exclude<Part, "train">,
): Int32Array {
  const { sequences } = domain;
  const counts = Float32Array.from(trainingCounts(domain));
  return Int32Array.from({ length: userCount(sequences) }, (_, user) => {
    if (historyOf(sequences, user, part).length === 0) return -1;
    return ranksOf(counts, Int32Array.of(targetOf(sequences, user, part)), counts.length)[0];
  });
}
