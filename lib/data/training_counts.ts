import { type Domain, userCount } from "./domain.ts";
import { historyOf } from "./split.ts";

/** Returns how often each item occurs in the training sequences of all users. `[items]` */
export function trainingCounts(
  { itemIds, sequences }: Pick<Domain, "sequences"> & { itemIds: { readonly length: number } },
): Int32Array {
  const counts = new Int32Array(itemIds.length);
  for (let user = 0; user < userCount(sequences); user++) {
    for (const item of historyOf(sequences, user, "train")) counts[item]++;
  }
  return counts;
}
