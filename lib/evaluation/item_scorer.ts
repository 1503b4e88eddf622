import type { Domain } from "../data/domain.ts";
import { historyOf, targetOf, unranked, usersOf } from "../data/split.ts";
import { ParameterError } from "../errors.ts";
import { checkIndices } from "./queries.ts";
import type { TopItems } from "./top_k.ts";

/** Scores all items after histories: what every recommender is at its heart. */
export interface ItemScorer {
  /**
   * Returns every item's score after each of some histories, in a buffer that the next call may overwrite.
   *
   * @param histories item indices in time order, at least one each
   * @returns `[histories × items]`, the higher the better
   */
  score(histories: readonly Int32Array[]): Promise<Float32Array>;
  /**
   * Returns the 0-based rank of each history's target among all items, as `ranksOf` gives it of the scores.
   *
   * @returns `[histories]`
   */
  rank(histories: readonly Int32Array[], targets: Int32Array): Promise<Int32Array>;
  /** Returns the K best items of one history, as `topK` gives them of its scores; left out where all scores are needed. */
  top?(history: Int32Array, k: number, excluded: ReadonlySet<number>): TopItems;
  /**
   * Returns by what share each item of a history carried the score of an item; left out where that cannot be said.
   *
   * @returns `[history]`, together 1, or all 0 if none did
   */
  because?(history: Int32Array, item: number): Float64Array;
  /** Frees what the scorer holds. */
  release(): Promise<void>;
}

/**
 * Returns the 0-based rank of each user's held-out item among all items; −1 for a user without a history, and
 * `notAsked` for one without an item in this part of a split by time.
 *
 * @returns `[users]`
 */
export async function rankHeldOut(
  scorer: Pick<ItemScorer, "rank">,
  { sequences }: Pick<Domain, "sequences">,
  part: "valid" | "test",
): Promise<Int32Array> {
  const users = Array.from(usersOf(sequences, part));
  const ranks = unranked(sequences);
  const found = await scorer.rank(
    users.map((user) => historyOf(sequences, user, part)),
    Int32Array.from(users, (user) => targetOf(sequences, user, part)),
  );
  users.forEach((user, at) => ranks[user] = found[at]);
  return ranks;
}

/**
 * Refuses histories and targets that are not item indices: for scorers that are handed them directly.
 *
 * @throws {ParameterError} that names history and entry
 */
export function checkHistories(histories: readonly ArrayLike<number>[], items: number): void {
  histories.forEach((history, at) => checkIndices(history, items, `history ${at}`));
  refuseEmpty(histories, "history");
}

/** Refuses queries or histories of which one is empty. */
export function refuseEmpty(histories: readonly ArrayLike<number>[], what: string): void {
  const at = histories.findIndex(({ length }) => length === 0);
  if (at < 0) return;
  throw new ParameterError({
    where: `${what} ${at}`,
    expected: "a history of at least one item",
    found: "an empty one",
    advice: 'Leave it out, or ask for what most users chose with emptyHistory: "popular".',
  });
}
