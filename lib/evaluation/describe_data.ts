import { type Domain, userCount } from "../data/domain.ts";
import { arraysOf, splitName } from "../data/split.ts";
import { fingerprint } from "../engine/fingerprint.ts";
import type { JsonObject } from "../json.ts";

/** Returns what a recommender's file says of the data that it was trained on. */
export function describeData(
  { name, itemIds, sequences }: Pick<Domain, "name" | "itemIds" | "sequences">,
): JsonObject {
  return {
    name,
    users: userCount(sequences),
    items: itemIds.length,
    interactions: sequences.items.length,
    fingerprint: fingerprint(...arraysOf(sequences)),
    ...(sequences.split ? { split: splitName(sequences) } : {}),
  };
}
