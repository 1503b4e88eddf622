import type { Domain } from "../domain.ts";

/** Returns the items that no user has chosen, ascending. */
export function unchosenItems({ itemIds, sequences }: Domain): Int32Array {
  const chosen = new Set(sequences.items);
  return Int32Array.from(itemIds.keys()).filter((item) => !chosen.has(item));
}
