import { checkNames, show } from "../checks.ts";
import { type Domain, sequenceOf } from "../data/domain.ts";
import { ParameterError } from "../errors.ts";

/** For whom items are wanted: what was chosen so far, oldest first. */
export type Query =
  /** Items by their IDs. */
  | { items: readonly string[] }
  /** A user of the domain by ID, and what was chosen since, by item IDs. */
  | { user: string; items?: readonly string[] }
  /** Items by their indices in the domain. */
  | { indices: ArrayLike<number> };

/** Where IDs are looked up. */
export interface Identifiers {
  /** How many items there are. */
  items: number;
  /** Returns the index of each item. */
  itemIndex(): ReadonlyMap<string, number>;
  /** Returns the index of each user. */
  userIndex(): ReadonlyMap<string, number>;
  /** The domain whose users are known, or null where none are. */
  domain: Pick<Domain, "name" | "itemIds" | "sequences"> | null;
  /** Returns the index of each of the domain's items, −1 for unknown ones; null if they are the recommender's. */
  domainItems(): Int32Array | null;
}

/** The fields of a query; each query has some of them. */
type QueryFields = { items?: unknown; user?: unknown; indices?: unknown };

/**
 * Returns the histories of queries as item indices.
 *
 * @returns one list for each query, in time order; it may be empty
 * @throws {ParameterError} that names query and entry, if an item or user is not known
 */
export function resolveQueries(queries: readonly Query[], identifiers: Identifiers): Int32Array[] {
  if (!Array.isArray(queries)) {
    throw refused("queries", "a list of queries", queries, 'Write for example [{ items: ["4711"] }].');
  }
  // Array.from also visits holes
  return Array.from(queries, (query: unknown, at) => resolveQuery(query, `query ${at}`, identifiers));
}

function resolveQuery(
  query: unknown,
  where: string,
  identifiers: Identifiers,
): Int32Array {
  const { items, itemIndex } = identifiers;
  if (typeof query !== "object" || query === null) throw noQuery(where, query);
  checkNames(where, query, ["items", "user", "indices"]);
  const { items: ids, user, indices } = query as QueryFields;
  if ("indices" in query) {
    // one of the two would be passed over
    if ("items" in query || "user" in query) throw noQuery(where, query);
    return Int32Array.from(checkIndices(indices, items, `${where}.indices`));
  }
  if ("user" in query) {
    const past = pastOf(user, `${where}.user`, identifiers);
    const since = ids === undefined ? [] : itemsOf(ids, itemIndex(), `${where}.items`);
    const history = new Int32Array(past.length + since.length);
    history.set(past);
    history.set(since, past.length);
    return history;
  }
  if ("items" in query) return Int32Array.from(itemsOf(ids, itemIndex(), `${where}.items`));
  throw noQuery(where, query);
}

/** Returns what a user of the domain has chosen. */
function pastOf(
  id: unknown,
  where: string,
  { userIndex, domain, domainItems }: Identifiers,
): Int32Array {
  if (!domain) {
    throw refused(
      where,
      "items, for no users are known here",
      id,
      "Give the user's items, or open the recommender together with its domain.",
    );
  }
  const user = userIndex().get(id as string);
  if (user === undefined) {
    throw refused(where, `the ID of a user of ${domain.name}`, id, "Give the user's items instead.");
  }
  const past = sequenceOf(domain.sequences, user);
  const index = domainItems();
  if (!index) return past;
  const unknown = past.find((item) => index[item] < 0);
  if (unknown === undefined) return past.map((item) => index[item]);
  throw refused(
    `${where}, a past item`,
    "the ID of an item that the recommender knows",
    domain.itemIds[unknown],
    "It came after training: give the user's items without it, or add it first (withItems).",
  );
}

/**
 * Returns the indices of items by their IDs.
 *
 * @param where the parameter that they stand in
 * @throws {ParameterError} that names the entry, if an item is not known
 */
export function itemsOf(ids: unknown, itemIndex: ReadonlyMap<string, number>, where: string): number[] {
  if (!Array.isArray(ids)) {
    throw refused(where, "a list of item IDs", ids, 'Write for example { items: ["4711", "4713"] }.');
  }
  return Array.from(ids, (id, at) => {
    const item = itemIndex.get(id);
    if (item !== undefined) return item;
    throw refused(`${where}[${at}]`, "the ID of an item that the recommender knows", id, unknownItem);
  });
}

/**
 * Refuses item indices that are none: −1, 1.5, "3", holes, or an item beyond the last.
 *
 * @returns the indices
 * @throws {ParameterError} that names the entry
 */
export function checkIndices(indices: unknown, items: number, where: string): number[] {
  if (indices === null || typeof indices !== "object" || !("length" in indices)) {
    throw refused(where, "a list of item indices", indices, "Write for example { indices: [3, 17] }.");
  }
  return Array.from(indices as ArrayLike<unknown>, (item, at) => {
    if (typeof item === "number" && Number.isInteger(item) && item >= 0 && item < items) return item;
    throw refused(`${where}[${at}]`, `an item index from 0 to ${items - 1}`, item, unknownItem);
  });
}

const unknownItem =
  "Leave unknown items out of the history, or add them first (withItems), if they have a text.";

function noQuery(where: string, query: unknown): ParameterError {
  return refused(
    where,
    "{ items }, { user }, { user, items } or { indices }",
    query,
    "A query says whose next items are wanted.",
  );
}

function refused(where: string, expected: string, found: unknown, advice: string): ParameterError {
  return new ParameterError({ where, expected, found: show(found), advice });
}
