import { dirname } from "node:path";
import { ParameterError } from "../../errors.ts";
import type { Query } from "../../evaluation/queries.ts";
import type { Recommender } from "../../evaluation/recommender.ts";
import { idsTensor } from "../../files/recommender_file.ts";
import { writeSafetensors } from "../../files/safetensors.ts";
import { makeFolder } from "../../write_file.ts";
import type { NeuralRecommender } from "./neural_recommender.ts";

/**
 * Returns a recommender that is a network.
 *
 * @throws {ParameterError} if it is none
 */
export function needNetwork(recommender: Recommender): NeuralRecommender {
  if ("network" in recommender) return recommender as NeuralRecommender;
  throw new ParameterError({
    where: "recommender",
    expected: "a trained network, such as SASRec or UniSRec",
    found: recommender.system,
    advice: "Other systems have no vectors: save the recommender itself with its save().",
  });
}

/**
 * Saves the vectors of all items, and of some histories, as a safetensors file.
 *
 * A score is the product of a history's vector and an item's. The file has `items` float32 `[items × width]`, in the order
 * of `items.ids`, a JSON list in UTF-8 (uint8); with queries also `sequences` float32 `[queries × width]`.
 *
 * @param recommender a trained network
 * @param path of the file; its folder is made if need be
 * @param queries whose histories are to have a vector, as for `recommend`
 * @throws {ParameterError} if the recommender is no network, an item or user is not known, or a history is empty
 * @throws {StorageError} if the file cannot be written
 */
export async function saveVectors(
  recommender: Recommender,
  path: string,
  queries: readonly Query[] = [],
): Promise<void> {
  const { itemIds, system, historiesOf, encode, readTables } = needNetwork(recommender);
  const histories = historiesOf(queries);
  const { candidates: { values, rows, width } } = await readTables();
  const sequences = histories.length > 0 ? await encode(histories) : null;
  await makeFolder(dirname(path));
  await writeSafetensors(path, {
    items: { shape: [rows, width], values },
    "items.ids": idsTensor(itemIds),
    ...(sequences
      ? { sequences: { shape: [histories.length, sequences.width], values: sequences.values } }
      : {}),
  }, { system });
}
