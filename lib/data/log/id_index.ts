/** Numbers identifiers from 0 in the order in which they first come, however many there are. */
export interface IdIndex {
  /** Returns an identifier's number, a new one for a new identifier. */
  numberOf(id: string): number;
  /** The identifiers, by their numbers. */
  ids: string[];
}

/** What one Map may hold in V8 is 2²⁴ entries; at half of that it is still fast. */
const shardSize = 2 ** 23;

/**
 * Makes an index of identifiers that is not bound to the number of entries of a Map, 2²⁴.
 *
 * @param size entries of each of the Maps of which it is made
 * @example
 * ```ts
 * import { createIdIndex } from "./id_index.ts";
 * import assert from "node:assert/strict";
 *
 * const { numberOf, ids } = createIdIndex();
 * assert.deepEqual(["a", "b", "a"].map(numberOf), [0, 1, 0]);
 * assert.deepEqual(ids, ["a", "b"]);
 * ```
 */
export function createIdIndex(size: number = shardSize): IdIndex {
  const ids: string[] = [];
  const shards: Map<string, number>[] = [new Map()];
  return {
    ids,
    numberOf(id) {
      for (const shard of shards) {
        const number = shard.get(id);
        if (number !== undefined) return number;
      }
      if (shards[shards.length - 1].size === size) shards.push(new Map());
      const number = ids.push(id) - 1;
      shards[shards.length - 1].set(id, number);
      return number;
    },
  };
}
