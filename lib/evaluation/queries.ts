import { show } from "../checks.ts";
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
  /** The index of each item. */
  itemIndex: ReadonlyMap<string, number>;
  /** The domain whose users are known, or null where none are. */
  domain: Pick<Domain, "name" | "userIds" | "sequences"> | null;
}

/**
 * Returns the histories of queries as item indices.
 *
 * @returns one list for each query, in time order; it may be empty
 * @throws {ParameterError} that names query and entry, if an item or user is not known
 */
export function resolveQueries(queries: readonly Query[], { itemIndex, domain }: Identifiers): Int32Array[] {
  const users = new Map<string, number>();
  if (queries.some((query) => isObject(query) && "user" in query)) {
    domain?.userIds.forEach((id, user) => users.set(id, user));
  }
  const byId = (ids: unknown, where: string) => itemsOf(ids, itemIndex, where);
  return queries.map((query, at) => {
    const where = `query ${at}`;
    if (isObject(query) && "user" in query) {
      const user = users.get(query.user);
      if (user === undefined || !domain) {
        throw domain
          ? refused(
            `${where}.user`,
            `the ID of a user of ${domain.name}`,
            query.user,
            "Give the user's items instead.",
          )
          : refused(
            `${where}.user`,
            "items, for no users are known here",
            query.user,
            "Give the user's items, or open the recommender together with its domain.",
          );
      }
      return Int32Array.of(
        ...sequenceOf(domain.sequences, user),
        ...byId(query.items ?? [], `${where}.items`),
      );
    }
    if (isObject(query) && "items" in query) return Int32Array.from(byId(query.items, `${where}.items`));
    if (isObject(query) && "indices" in query) {
      return Int32Array.from(checkIndices(query.indices, itemIndex.size, `${where}.indices`));
    }
    throw refused(
      where,
      "{ items }, { user } or { indices }",
      query,
      "A query says whose next items are wanted.",
    );
  });
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
  // Array.from also visits holes
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
export function checkIndices(indices: ArrayLike<number>, items: number, where: string): number[] {
  if (indices === null || typeof indices !== "object" || !("length" in indices)) {
    throw refused(where, "a list of item indices", indices, "Write for example { indices: [3, 17] }.");
  }
  return Array.from(indices, (item, at) => {
    if (Number.isInteger(item) && item >= 0 && item < items) return item;
    throw refused(`${where}[${at}]`, `an item index from 0 to ${items - 1}`, item, unknownItem);
  });
}

const unknownItem =
  "Leave unknown items out of the history, or add them first (withItems), if they have a text.";

function isObject(query: unknown): query is Record<string, never> & Query {
  return typeof query === "object" && query !== null;
}

function refused(where: string, expected: string, found: unknown, advice: string): ParameterError {
  return new ParameterError({ where, expected, found: show(found), advice });
}
