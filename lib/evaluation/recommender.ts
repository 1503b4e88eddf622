import { checkPositiveInteger } from "../checks.ts";
import { type Domain, type FeatureTable, userCount } from "../data/domain.ts";
import { historyOf, targetOf } from "../data/split.ts";
import { ParameterError } from "../errors.ts";
import {
  type RecommenderCard,
  type SavedRecommender,
  saveRecommenderFile,
} from "../files/recommender_file.ts";
import { measure, type Measured } from "./measured.ts";
import { checkIndices, itemsOf, type Query, resolveQueries } from "./queries.ts";
import { type TopItems, topK } from "./top_k.ts";

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

/** An item that is recommended. */
export interface Recommendation {
  /** Its ID. */
  item: string;
  /** Its index in the domain. */
  index: number;
  /** To be compared within one list. */
  score: number;
  /** The items of the history that carried it, most first, where the system can say so. */
  because?: { item: string; share: number }[];
}

/** What is wanted of recommendations. */
export interface RecommendOptions {
  /** Items per query; 10 if left out. */
  k?: number;
  /** Whether items of the history may be recommended again; they are left out by default. */
  history?: "left out" | "allowed";
  /** IDs of the only items that may be recommended. */
  allowed?: readonly string[];
  /** IDs of items that must not be recommended. */
  blocked?: readonly string[];
  /** What an empty history gets: the items most often chosen in training, or an error, which is the default. */
  emptyHistory?: "error" | "popular";
  /** Is told again and again for how many queries there are lists. */
  observe?(done: number): void;
}

/** Items that came after training, with what is known of them: their texts, as the encoder of the others made them. */
export interface NewItems {
  ids: readonly string[];
  features: FeatureTable;
}

/**
 * Anything that scores all items after a history: a trained network, a table of counts, a weighted sum of others.
 *
 * Ranking, metrics, recommendations and files work on all of them alike.
 */
export interface Recommender extends ItemScorer {
  /** The row of Table 3 that it belongs to. */
  readonly system: string;
  /** IDs of the items, in the order of the scores. */
  readonly itemIds: readonly string[];
  /** What its users did, where that is known: the domain it was trained on, or was opened with. */
  readonly domain: Domain | null;
  /**
   * Ranks each user's held-out item among all items, and measures how well.
   *
   * @param part of the leave-one-out split
   * @param domain whose users; the recommender's own if left out. Its items must be the recommender's.
   */
  evaluate(part: "valid" | "test", domain?: Domain): Promise<Measured>;
  /**
   * Returns the items that come next for each query, best first: K, or fewer where fewer are left.
   *
   * @throws {ParameterError} that names query and entry, if an item or user is not known, or a history is empty
   */
  recommend(queries: readonly Query[], options?: RecommendOptions): Promise<Recommendation[][]>;
  /**
   * Saves all that is needed to recommend as one safetensors file, for `openRecommender`.
   *
   * @throws {ParameterError} if the file cannot hold it
   */
  save(path: string): Promise<void>;
  /** Returns what `save` writes. */
  toFile(): SavedRecommender;
  /**
   * Returns a recommender that knows further items by their texts alone; left out where items are known by ID only.
   *
   * @throws {DataError} if the features are not of the kind that the others have
   */
  withItems?(items: NewItems): Promise<Recommender>;
}

/** What sets one recommender apart from others. */
export interface RecommenderParts {
  system: string;
  itemIds: readonly string[];
  domain: Domain | null;
  scorer: ItemScorer;
  /** How often each item was chosen in training. `[items]` */
  popularity: Int32Array;
  /** What a file says of it, but for what was measured. */
  card: RecommenderCard;
  /** Returns what a file keeps of what the system has learnt. */
  tensors(): SavedRecommender["tensors"];
  /** What was measured on its own domain already. */
  measured?: Partial<Record<"valid" | "test", Measured>>;
  withItems?: Recommender["withItems"];
}

/** The most numbers of scores that are asked for at once: 256 MB. */
const mostScores = 2 ** 26;
/** The most histories at once. */
const mostHistories = 512;

/** Makes a recommender of what scores its items. */
export function createRecommender(
  { system, itemIds, domain, scorer, popularity, card, tensors, measured = {}, withItems }: RecommenderParts,
): Recommender {
  let itemIndex: Map<string, number> | null = null;
  const index = () => itemIndex ??= new Map(itemIds.map((id, item) => [id, item]));
  const known = { ...measured };
  const toFile = (): SavedRecommender => ({
    card: {
      ...card,
      metrics: {
        ...card.metrics,
        ...Object.fromEntries(Object.entries(known).map(([part, { means }]) => [part, means])),
      },
    },
    itemIds,
    popularity,
    tensors: tensors(),
  });
  const atOnce = Math.max(1, Math.min(mostHistories, Math.floor(mostScores / itemIds.length)));
  return {
    ...scorer,
    system,
    itemIds,
    domain,
    ...(withItems ? { withItems } : {}),
    async evaluate(part, others) {
      const own = known[part];
      if (own && !others) return own;
      const users = others ?? domain;
      if (!users) {
        throw new ParameterError({
          where: "domain",
          expected: "the domain whose held-out items are ranked",
          found: "none",
          advice: `Pass it: evaluate("${part}", domain).`,
        });
      }
      checkSameItems(users, itemIds);
      const found = measure(await rankHeldOut(scorer, users, part));
      if (!others) known[part] = found;
      return found;
    },
    async recommend(queries, options = {}) {
      const { k = 10, history: own = "left out", emptyHistory = "error", observe } = options;
      checkPositiveInteger("k", k, "Use for example 10.");
      const histories = resolveQueries(queries, { itemIndex: index(), domain });
      if (emptyHistory === "error") refuseEmpty(histories);
      const allowed = options.allowed ? indicesOf(options.allowed, index(), "allowed") : null;
      const blocked = indicesOf(options.blocked ?? [], index(), "blocked");
      const lists: Recommendation[][] = [];
      const popular = histories.some(({ length }) => length === 0) ? Float32Array.from(popularity) : null;
      const list = (
        top: (excluded: ReadonlySet<number>) => TopItems,
        history: Int32Array,
      ): Recommendation[] => {
        const { items, scores } = top(own === "allowed" ? blocked : new Set([...blocked, ...history]));
        return Array.from(items, (item, place) => ({
          item: itemIds[item],
          index: item,
          score: scores[place],
          ...(scorer.because && history.length > 0
            ? { because: reasons(scorer, history, item, itemIds) }
            : {}),
        }));
      };
      const listOf = (scores: Float32Array, history: Int32Array) =>
        list((excluded) => topK(scores, k, excluded, allowed), history);
      const isSparse = scorer.top !== undefined && allowed === null;
      for (let start = 0; start < histories.length; start += atOnce) {
        const some = histories.slice(start, start + atOnce);
        const full = isSparse ? [] : some.filter(({ length }) => length > 0);
        const scores = full.length > 0 ? await scorer.score(full) : new Float32Array();
        let row = 0;
        for (const history of some) {
          if (history.length === 0) lists.push(listOf(popular!, history));
          else if (isSparse) lists.push(list((excluded) => scorer.top!(history, k, excluded), history));
          else {
            const at = row++ * itemIds.length;
            lists.push(listOf(scores.subarray(at, at + itemIds.length), history));
          }
        }
        observe?.(lists.length);
      }
      return lists;
    },
    toFile,
    save: (path) => saveRecommenderFile(path, toFile()),
  };
}

/**
 * Returns the 0-based rank of each user's held-out item among all items; −1 for a user without a history.
 *
 * @returns `[users]`
 */
export async function rankHeldOut(
  scorer: Pick<ItemScorer, "rank">,
  { sequences }: Pick<Domain, "sequences">,
  part: "valid" | "test",
): Promise<Int32Array> {
  const users = Array.from({ length: userCount(sequences) }, (_, user) => user)
    .filter((user) => historyOf(sequences, user, part).length > 0);
  const ranks = new Int32Array(userCount(sequences)).fill(-1);
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
  refuseEmpty(histories);
}

function refuseEmpty(histories: readonly ArrayLike<number>[]): void {
  const at = histories.findIndex(({ length }) => length === 0);
  if (at < 0) return;
  throw new ParameterError({
    where: `query ${at}`,
    expected: "a history of at least one item",
    found: "an empty one",
    advice: 'Leave it out, or ask for what most users chose with emptyHistory: "popular".',
  });
}

function indicesOf(ids: readonly string[], index: ReadonlyMap<string, number>, where: string): Set<number> {
  return new Set(itemsOf(ids, index, where));
}

function reasons({ because }: ItemScorer, history: Int32Array, item: number, itemIds: readonly string[]) {
  const shares = because!(history, item);
  const byItem = new Map<number, number>();
  history.forEach((had, at) => byItem.set(had, (byItem.get(had) ?? 0) + shares[at]));
  return [...byItem].filter(([, share]) => share > 0).sort(([, a], [, b]) => b - a)
    .map(([had, share]) => ({ item: itemIds[had], share }));
}

function checkSameItems({ name, itemIds: theirs }: Domain, ours: readonly string[]): void {
  if (theirs.length === ours.length && theirs.every((id, item) => id === ours[item])) return;
  throw new ParameterError({
    where: `items of ${name}`,
    expected: `the ${ours.length} items of the recommender, in its order`,
    found: `${theirs.length} items${theirs.length === ours.length ? ", others or in another order" : ""}`,
    advice: "Evaluate on the domain that the recommender was made for; withItems adds items.",
  });
}
