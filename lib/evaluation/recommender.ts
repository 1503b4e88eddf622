import { checkNames, checkOneOf, checkPositiveInteger } from "../checks.ts";
import type { Domain, FeatureTable } from "../data/domain.ts";
import { ParameterError } from "../errors.ts";
import {
  type RecommenderCard,
  type SavedRecommender,
  saveRecommenderFile,
} from "../files/recommender_file.ts";
import { historiesAtOnce } from "./at_once.ts";
import { checkHistories, type ItemScorer, rankHeldOut, refuseEmpty } from "./item_scorer.ts";
import { measure, type Measured } from "./measured.ts";
import { probe } from "./probe.ts";
import { checkIndices, itemsOf, type Query, resolveQueries } from "./queries.ts";
import { type TopItems, topK } from "./top_k.ts";

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
  /** Their identifiers, which no other item has. */
  ids: readonly string[];
  /** A row for each. `[new items × width]` */
  features: FeatureTable;
}

/**
 * Anything that scores all items after a history: a trained network, a table of counts, a weighted sum of others.
 *
 * Ranking, metrics, recommendations and files work on all of them alike.
 */
export interface Recommender extends ItemScorer {
  /**
   * Returns every item's score after each of some histories, in an array of its own.
   *
   * @param histories item indices in time order, at least one each
   * @returns `[histories × items]`, the higher the better
   * @throws {ParameterError} that names history and entry, if one is no item, or a history is empty
   */
  score(histories: readonly Int32Array[]): Promise<Float32Array>;
  /** The row of Table 3 that it belongs to. */
  readonly system: string;
  /** IDs of the items, in the order of the scores. */
  readonly itemIds: readonly string[];
  /** How often each item was chosen in training. `[items]` */
  readonly popularity: Int32Array;
  /** What its users did, where that is known: the domain it was trained on, or was opened with. */
  readonly domain: Domain | null;
  /**
   * Ranks each user's held-out item among all items, and measures how well.
   *
   * @param part of the split
   * @param domain whose users; the recommender's own if left out. Its items must be the recommender's.
   * @throws {ParameterError} if there is no domain, its items are others, or there is no such part
   */
  evaluate(part: "valid" | "test", domain?: Domain): Promise<Measured>;
  /**
   * Returns the items that come next for each query, best first: K, or fewer where fewer are left.
   *
   * @param queries whose next items are wanted: items by their IDs, a user of the domain, or item indices
   * @returns one list per query
   * @throws {ParameterError} that names query and entry, if an item or user is not known, or a history is empty
   */
  recommend(queries: readonly Query[], options?: RecommendOptions): Promise<Recommendation[][]>;
  /**
   * Returns the histories of queries as item indices, in time order.
   *
   * @throws {ParameterError} that names query and entry, if an item or user is not known; a history may be empty
   */
  historiesOf(queries: readonly Query[]): Int32Array[];
  /**
   * Saves all that is needed to recommend as one safetensors file, for `openRecommender`.
   *
   * @throws {StorageError} if the file cannot be written
   */
  save(path: string): Promise<void>;
  /** Returns what `save` writes. */
  toFile(): SavedRecommender;
  /**
   * Returns a recommender that knows further items by their texts alone; left out where items are known by ID only.
   *
   * @throws {ParameterError} if an ID is there already, or twice
   * @throws {DataError} if the features are not of the kind that the others have
   */
  withItems?(items: NewItems): Promise<Recommender>;
}

/** What sets one recommender apart from others. */
export interface RecommenderParts {
  /** The row of Table 3 that it belongs to. */
  system: string;
  /** IDs of the items, in the order of the scores. `[items]` */
  itemIds: readonly string[];
  /** Whose users may be asked for by ID; null for none. */
  domain: Domain | null;
  /** What scores its items. */
  scorer: ItemScorer;
  /** How often each item was chosen in training. `[items]` */
  popularity: Int32Array;
  /** What a file says of it, but for what was measured. */
  card: RecommenderCard;
  /** Returns what a file keeps of what the system has learnt. */
  tensors(): SavedRecommender["tensors"];
  /** What was measured on its own domain already. */
  measured?: Partial<Record<"valid" | "test", Measured>>;
  /** Makes one that knows further items by their texts; left out where items are known by ID only. */
  withItems?: Recommender["withItems"];
}

/** The names of `RecommendOptions`. */
const optionNames = ["k", "history", "allowed", "blocked", "emptyHistory", "observe"];

/**
 * Makes a recommender of what scores its items.
 *
 * @example
 * ```ts
 * import { createRecommender } from "./recommender.ts";
 * import { ranksOf } from "./metrics.ts";
 * import assert from "node:assert/strict";
 *
 * // what comes next is what comes next in the alphabet
 * const itemIds = ["a", "b", "c"];
 * const score = (histories: readonly Int32Array[]) =>
 *   Promise.resolve(Float32Array.from(histories.flatMap((history) =>
 *     itemIds.map((_, item) => -((item - history.at(-1)! + 3) % 3))
 *   )));
 * const recommender = createRecommender({
 *   system: "Alphabet",
 *   itemIds,
 *   domain: null,
 *   popularity: Int32Array.of(1, 1, 1),
 *   scorer: {
 *     score,
 *     rank: async (histories, targets) => ranksOf(await score(histories), targets, 3),
 *     release: () => Promise.resolve(),
 *   },
 *   card: { system: "Alphabet", version: "1", settings: {}, encoder: null, data: {}, training: {}, metrics: {} },
 *   tensors: () => ({}),
 * });
 * const [list] = await recommender.recommend([{ items: ["b"] }], { k: 1 });
 * assert.equal(list[0].item, "c");
 * ```
 */
export function createRecommender(
  { system, itemIds, domain, scorer, popularity, card, tensors, measured = {}, withItems }: RecommenderParts,
): Recommender {
  // what is looked up is made when it is needed first, and kept: a service answers one query after the other
  const itemIndex = once(() => indexOf(itemIds, `items of ${system}`));
  const userIndex = once(() => indexOf(domain?.userIds ?? [], `users of ${domain?.name}`));
  const domainItems = once(() =>
    !domain || sameItems(domain.itemIds, itemIds)
      ? null
      : Int32Array.from(domain.itemIds, (id) => itemIndex().get(id) ?? -1)
  );
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
  const historiesOf = (queries: readonly Query[]) =>
    resolveQueries(queries, { items: itemIds.length, itemIndex, userIndex, domain, domainItems });
  const atOnce = historiesAtOnce(itemIds.length);
  return {
    ...scorer,
    async score(histories) {
      checkHistories(histories, itemIds.length);
      return (await scorer.score(histories)).slice(); // the next call may overwrite what the scorer returns
    },
    async rank(histories, targets) {
      checkHistories(histories, itemIds.length);
      checkIndices(targets, itemIds.length, "targets");
      return await scorer.rank(histories, targets);
    },
    system,
    itemIds,
    popularity,
    domain,
    ...(withItems
      ? {
        async withItems(items: NewItems) {
          indexOf([...itemIds, ...items.ids], "items");
          return await withItems(items);
        },
      }
      : {}),
    async evaluate(part, others) {
      checkOneOf("part", part, ["valid", "test"], "The rest is for training.");
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
      checkNames("recommend", options, optionNames);
      const { k = 10, history: own = "left out", emptyHistory = "error", observe } = options;
      checkPositiveInteger("k", k, "Use for example 10.");
      checkOneOf("history", own, ["left out", "allowed"], "It says whether what was chosen may come again.");
      checkOneOf("emptyHistory", emptyHistory, ["error", "popular"], "It says what an empty history gets.");
      const histories = historiesOf(queries);
      if (emptyHistory === "error") refuseEmpty(histories, "query");
      const allowed = options.allowed ? new Set(itemsOf(options.allowed, itemIndex(), "allowed")) : null;
      const blocked = new Set(options.blocked ? itemsOf(options.blocked, itemIndex(), "blocked") : []);
      const lists: Recommendation[][] = [];
      const popular = histories.some(({ length }) => length === 0) ? new Float32Array(popularity) : null;
      const excludedAfter = (history: Int32Array) => {
        if (own === "allowed") return blocked;
        return new Set(blocked.size === 0 ? history : [...blocked, ...history]);
      };
      const list = (
        top: (excluded: ReadonlySet<number>) => TopItems,
        history: Int32Array,
      ): Recommendation[] => {
        const { items, scores } = top(excludedAfter(history));
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
    historiesOf,
    toFile,
    save: async (path) =>
      await saveRecommenderFile(path, { ...toFile(), probe: await probe(scorer, itemIds.length) }),
  };
}

/** Returns the place of each ID; refuses one that is there twice. */
function indexOf(ids: readonly string[], where: string): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  for (let at = 0; at < ids.length; at++) index.set(ids[at], at);
  if (index.size === ids.length) return index;
  const twice = ids.findIndex((id, at) => index.get(id) !== at);
  throw new ParameterError({
    where,
    expected: "an ID of its own for each",
    found: `${JSON.stringify(ids[twice])} twice`,
    advice: "Leave out what is there already.",
  });
}

/** Returns a function that calls another one the first time, and keeps what it returns. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function reasons({ because }: ItemScorer, history: Int32Array, item: number, itemIds: readonly string[]) {
  const shares = because!(history, item);
  const byItem = new Map<number, number>();
  history.forEach((had, at) => byItem.set(had, (byItem.get(had) ?? 0) + shares[at]));
  return [...byItem].filter(([, share]) => share > 0).sort(([, a], [, b]) => b - a)
    .map(([had, share]) => ({ item: itemIds[had], share }));
}

function checkSameItems({ name, itemIds: theirs }: Domain, ours: readonly string[]): void {
  if (sameItems(theirs, ours)) return;
  throw new ParameterError({
    where: `items of ${name}`,
    expected: `the ${ours.length} items of the recommender, in its order`,
    found: `${theirs.length} items${theirs.length === ours.length ? ", others or in another order" : ""}`,
    advice: "Evaluate on the domain that the recommender was made for; withItems adds items.",
  });
}

function sameItems(theirs: readonly string[], ours: readonly string[]): boolean {
  return theirs === ours || theirs.length === ours.length && theirs.every((id, item) => id === ours[item]);
}
