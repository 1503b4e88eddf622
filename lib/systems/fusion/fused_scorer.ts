import type { ItemScorer } from "../../evaluation/item_scorer.ts";
import type { Recommender } from "../../evaluation/recommender.ts";
import { ranksOf } from "../../evaluation/metrics.ts";
import { isNeighbours } from "../neighbours/system.ts";
import { ways } from "../neighbours/settings.ts";
import { type NeighbourShares, readNeighbourShares } from "./neighbour_shares.ts";
import { placeNewItems } from "./place_new_items.ts";
import { type FusionWeights, logShare, partsOfWays } from "./weights.ts";

/** The parts of a fusion, told apart by how they are added. */
export interface FusionParts {
  /** Those whose scores are added as they are. */
  scoring: readonly Recommender[];
  /** Whether every part knows items by their texts. */
  inductive: boolean;
  /** 1 for an item that was never chosen in training. `[items]` */
  isNew: Uint8Array;
  /** Returns what a history leads to; null where no part counts neighbours. */
  sharesOf: ((history: ArrayLike<number>) => NeighbourShares) | null;
  neighbours: "none" | "counted" | "over texts";
  because: ItemScorer["because"];
}

/** Tells the parts of a fusion apart; of neighbours there is one table at most. */
export function partsOf(recommenders: readonly Recommender[], popularity: Int32Array): FusionParts {
  const counted = recommenders.find(isNeighbours);
  return {
    scoring: recommenders.filter((recommender) => recommender !== counted),
    inductive: recommenders.every(({ withItems }) => withItems !== undefined),
    isNew: Uint8Array.from(popularity, (count) => count === 0 ? 1 : 0),
    sharesOf: counted ? readNeighbourShares(counted.neighbours) : null,
    neighbours: !counted ? "none" : counted.neighbours.ways ? "over texts" : "counted",
    because: counted?.because,
  };
}

/** The most scores at once: 128 MB. */
const mostScores = 2 ** 25;

/**
 * Makes the scorer of a weighted sum.
 *
 * score(i | h) = Σ_p w_p · s_p(i | h) + w · log(1 + Σ_k u_k · share_k(i | h) / floor)
 *
 * over the parts p whose scores s are added as they are, and the ways k from the history to a neighbour; see
 * `placeNewItems` for items that were never chosen in training.
 */
export function createFusedScorer(
  { scoring, sharesOf, because, inductive, isNew }: FusionParts,
  weights: FusionWeights,
): ItemScorer {
  const items = isNew.length;
  const placesNew = inductive && scoring.length > 0 && isNew.includes(1);
  const parts = partsOfWays(weights);
  const nothing = weights.neighbours === 0 ? 0 : logShare(weights, parts, new Float32Array(ways.length), 0);

  async function score(histories: readonly Int32Array[]): Promise<Float32Array> {
    const sum = new Float32Array(histories.length * items);
    for (const [part, recommender] of scoring.entries()) {
      const weight = weights.scores[part];
      if (weight === 0) continue;
      const scores = await recommender.score(histories);
      for (let at = 0; at < sum.length; at++) sum[at] += weight * scores[at];
    }
    if (sharesOf && weights.neighbours !== 0) {
      histories.forEach((history, row) => {
        const own = sum.subarray(row * items, (row + 1) * items);
        const scores = placesNew ? own.slice() : own;
        const { items: reached, shares } = sharesOf(history);
        reached.forEach((item, at) =>
          own[item] += logShare(weights, parts, shares, at * ways.length) - nothing
        );
        if (placesNew) placeNewItems(own, scores, isNew);
      });
    }
    return sum;
  }

  return {
    score,
    async rank(histories, targets) {
      const ranks = new Int32Array(histories.length);
      const atOnce = Math.max(1, Math.min(512, Math.floor(mostScores / items)));
      for (let start = 0; start < histories.length; start += atOnce) {
        const some = histories.slice(start, start + atOnce);
        const scores = await score(some);
        ranks.set(ranksOf(scores, targets.subarray(start, start + some.length), items), start);
      }
      return ranks;
    },
    ...(because ? { because } : {}),
    async release() {
      for (const recommender of scoring) await recommender.release();
    },
  };
}
