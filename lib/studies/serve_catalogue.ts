import { type Domain, sequenceOf, userCount } from "../data/domain.ts";
import { featureRows } from "../data/without_items.ts";
import type { Recommendation, Recommender } from "../evaluation/recommender.ts";

/** A recommender for a catalogue as it is now, which may have grown since it was trained. */
export interface Served {
  recommender: Recommender;
  /** Items that it was not trained with, and knows by their texts. */
  added: number;
  /** Items of the catalogue that it cannot recommend, as it knows items by their IDs. */
  unknown: number;
  /** IDs of items that it was trained with and that the catalogue no longer has: they are not recommended. */
  gone: string[];
}

/**
 * Makes a recommender know the items of a catalogue as it is now.
 *
 * @param trained on that catalogue, or on an earlier state of it
 * @param catalogue with features, where the recommender reads any
 * @throws {DataError} if the features are not of the kind that the recommender reads
 */
export async function serveCatalogue(trained: Recommender, catalogue: Domain): Promise<Served> {
  const { itemIds, features } = catalogue;
  const [known, offered] = [new Set(trained.itemIds), new Set(itemIds)];
  const others = Int32Array.from(itemIds.keys()).filter((item) => !known.has(itemIds[item]));
  const gone = trained.itemIds.filter((id) => !offered.has(id));
  if (others.length === 0) return { recommender: trained, added: 0, unknown: 0, gone };
  if (!trained.withItems || !features) {
    return { recommender: trained, added: 0, unknown: others.length, gone };
  }
  const recommender = await trained.withItems({
    ids: Array.from(others, (item) => itemIds[item]),
    features: featureRows(features, others),
  });
  return { recommender, added: others.length, unknown: 0, gone };
}

/**
 * Recommends to every user of a catalogue what comes after the whole history.
 *
 * Of a history those items count that the recommender knows; a user without any gets what most users chose.
 *
 * @param k items for each
 * @param observe is told again and again for how many users there are lists
 * @returns one list for each user
 */
export async function recommendToAll(
  { recommender, gone }: Served,
  { itemIds, sequences }: Domain,
  k: number,
  observe?: (done: number) => void,
): Promise<Recommendation[][]> {
  const known = new Set(recommender.itemIds);
  const queries = Array.from({ length: userCount(sequences) }, (_, user) => ({
    items: Array.from(sequenceOf(sequences, user), (item) => itemIds[item]).filter((id) => known.has(id)),
  }));
  return await recommender.recommend(queries, { k, blocked: gone, emptyHistory: "popular", observe });
}
