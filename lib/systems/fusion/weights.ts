import type { JsonObject } from "../../json.ts";
import { type SmoothingWeights, ways } from "../neighbours/settings.ts";

/** What the parts of a sum count. */
export interface FusionWeights {
  /** What each part's scores are multiplied by, of the parts whose scores are added as they are. `[parts]` */
  scores: readonly number[];
  /** What the logarithm of the neighbours' share is multiplied by; 0 where nothing was counted. */
  neighbours: number;
  /** What is added to a share before its logarithm is taken: the less, the more it costs not to be a neighbour. */
  floor: number;
  /** How much the ways to a neighbour count. */
  ways: SmoothingWeights;
}

/** Returns weights as JSON has them. */
export function describeWeights({ ways, ...others }: FusionWeights): JsonObject {
  return { ...others, ways: { ...ways } };
}

/** One number of the weights: where it stands. */
export interface Knob {
  get(weights: FusionWeights): number;
  with(weights: FusionWeights, value: number): FusionWeights;
}

/** Returns what can be turned: all that is not 0, but for the only way to a neighbour, which has all of its share. */
export function knobsOf({ scores, neighbours, ways: weights }: FusionWeights): Knob[] {
  const positive = neighbours === 0 ? [] : ways.filter((way) => weights[way] > 0);
  const used = positive.length > 1 ? positive : [];
  return [
    ...scores.map((_, part): Knob => ({
      get: ({ scores }) => scores[part],
      with: (weights, value) => ({
        ...weights,
        scores: weights.scores.map((score, i) => i === part ? value : score),
      }),
    })),
    ...(neighbours === 0 ? [] : ["neighbours", "floor"] as const).map((name): Knob => ({
      get: (weights) => weights[name],
      with: (weights, value) => ({ ...weights, [name]: value }),
    })),
    ...used.map((way): Knob => ({
      get: (weights) => weights.ways[way],
      with: (weights, value) => ({ ...weights, ways: { ...weights.ways, [way]: value } }),
    })),
  ];
}

/** Returns the parts of the ways, which are together 1. `[ways]` */
export function partsOfWays({ ways: weights }: FusionWeights): Float64Array {
  const sum = ways.reduce((sum, way) => sum + weights[way], 0);
  return Float64Array.from(ways, (way) => sum > 0 ? weights[way] / sum : 0);
}

/**
 * Returns what a share of the neighbours adds to a score: w · log(floor + Σ_k u_k · share_k).
 *
 * @param parts from `partsOfWays`
 * @param shares of all items; those of the item begin at `from`. `[… × ways]`
 */
export function logShare(
  { neighbours, floor }: FusionWeights,
  parts: Float64Array,
  shares: ArrayLike<number>,
  from: number,
): number {
  let share = 0;
  for (let way = 0; way < parts.length; way++) share += parts[way] * shares[from + way];
  return neighbours * Math.log(floor + share);
}
