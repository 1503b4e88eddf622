import { ranksOf } from "../../evaluation/metrics.ts";
import { checkHistories, type ItemScorer } from "../../evaluation/item_scorer.ts";
import { createRecommender } from "../../evaluation/recommender.ts";
import { trainingCounts } from "../../data/training_counts.ts";
import { countedIdentity, countedParts, countedTraining } from "../counted_system.ts";
import type { System } from "../system.ts";

/**
 * Popularity: everyone is recommended what most users chose in training.
 *
 * score(i | history) = how often i occurs in the users' training histories
 *
 * What a system must be above to have learnt anything of its users.
 */
export const popularity: System = {
  name: "Popularity",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  reads: { features: false, words: false },
  varies: [],
  plan: (target) => ({
    identify: () =>
      Promise.resolve(countedIdentity("Popularity", target, {
        settings: {},
        reads: popularity.reads,
        probe: probe(),
      })),
    train() {
      const parts = countedParts("Popularity", target, {});
      const recommender = createRecommender({
        ...parts,
        scorer: popularityScorer(parts.popularity),
        tensors: () => ({}),
      });
      return Promise.resolve({ ...recommender, ...countedTraining({}, parts.popularity.length) });
    },
  }),
  open: (saved, _engine, domain) =>
    Promise.resolve(createRecommender({
      ...saved,
      system: saved.card.system,
      domain,
      scorer: popularityScorer(saved.popularity),
      tensors: () => ({}),
    })),
};

/** Makes the scorer that gives every history the same scores. */
function popularityScorer(counts: Int32Array): ItemScorer {
  const row = Float32Array.from(counts);
  const items = row.length;
  return {
    score(histories) {
      checkHistories(histories, items);
      const scores = new Float32Array(histories.length * items);
      for (let at = 0; at < histories.length; at++) scores.set(row, at * items);
      return Promise.resolve(scores);
    },
    rank(histories, targets) {
      checkHistories(histories, items);
      const known = new Map<number, number>();
      const rankOf = (target: number) => {
        if (!known.has(target)) known.set(target, ranksOf(row, Int32Array.of(target), items)[0]);
        return known.get(target)!;
      };
      return Promise.resolve(Int32Array.from(targets, rankOf));
    },
    release: () => Promise.resolve(),
  };
}

/** What the code makes of two users with five items. */
function probe(): Int32Array {
  const sequences = { items: Int32Array.of(0, 1, 2, 3, 0, 2, 1, 4), offsets: Int32Array.of(0, 4, 8) };
  return trainingCounts({ itemIds: [..."abcde"], sequences });
}
