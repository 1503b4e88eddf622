import { checkPositiveInteger, show } from "../../checks.ts";
import { ParameterError } from "../../errors.ts";

/** Which pairs of items count as neighbours. */
export interface PairSettings {
  /** How many positions apart the items of a pair may be in a history. */
  window: number;
  /** What a pair counts against its order, of what it counts in its order: 1 ignores the order, 0 knows only what follows. */
  backward: number;
}

/** How much the four ways from a history to an item count, of which three go over similar texts. */
export interface SmoothingWeights {
  /** To what was counted near the history's items. */
  counts: number;
  /** From there on to items with similar texts. */
  toSimilar: number;
  /** To what was counted near items with texts similar to the history's. */
  fromSimilar: number;
  /** To items with texts similar to the history's. */
  text: number;
}

/** The ways in the order in which they are computed and added. */
export const ways = [
  "counts",
  "toSimilar",
  "fromSimilar",
  "text",
] as const satisfies (keyof SmoothingWeights)[];

/** Everything that turns histories into scores of items. */
export interface NeighbourSettings extends PairSettings {
  /** The exponent of an item's popularity by which its counts are divided: 0 keeps them, 1 makes them averages. */
  power: number;
  /** What an item of a history counts, of what the one after it does: 1 ignores their age. */
  decay: number;
  /** Null for counts alone, without texts. */
  smoothing: SmoothingWeights | null;
}

/**
 * Refuses settings that cannot be used to count.
 *
 * @throws {ParameterError}
 */
export function checkPairSettings({ window, backward }: PairSettings): void {
  checkPositiveInteger("window", window, "Use for example 10.");
  checkBetween("backward", backward, backward >= 0 && backward <= 1, "a number from 0 to 1", 1);
}

/**
 * Refuses settings that cannot be used to score.
 *
 * @throws {ParameterError}
 */
export function checkNeighbourSettings(settings: NeighbourSettings): void {
  const { power, decay, smoothing } = settings;
  checkPairSettings(settings);
  checkBetween("power", power, power >= 0 && power <= 1, "a number from 0 to 1", 0.5);
  checkBetween("decay", decay, decay > 0 && decay <= 1, "a number above 0 and at most 1", 0.8);
  if (smoothing === null) return;
  for (const way of ways) {
    const weight = smoothing[way];
    checkBetween(
      `smoothing.${way}`,
      weight,
      weight >= 0 && weight < Infinity,
      "a finite number, 0 or more",
      1,
    );
  }
  if (ways.some((way) => smoothing[way] > 0)) return;
  throw new ParameterError({
    where: "smoothing",
    expected: "a weight above 0",
    found: show(smoothing),
    advice: "Use null for counts alone.",
  });
}

function checkBetween(where: string, value: number, holds: boolean, expected: string, usual: number): void {
  if (holds) return; // false for NaN too
  throw new ParameterError({ where, expected, found: show(value), advice: `Use for example ${usual}.` });
}
