import { DataError } from "../../errors.ts";
import type { FeatureTable } from "../domain.ts";
import { readFeatures } from "./read_features.ts";
import { readIndex } from "../processed/read_index.ts";

/**
 * Reads features that were made for items in another order, perhaps more of them: `base.item2index` says which row of
 * `base.feat1CLS` belongs to which item.
 *
 * @returns one row per identifier, in the order of `itemIds`
 * @throws {DataError} if a file is missing or malformed, or an item has no row
 */
export async function readFeaturesById(base: string, itemIds: readonly string[]): Promise<FeatureTable> {
  const rowIds = await readIndex(`${base}.item2index`);
  const { values, width } = await readFeatures(`${base}.feat1CLS`, rowIds.length);
  const rowOf = new Map(rowIds.map((id, row) => [id, row]));
  const ordered = new Float32Array(itemIds.length * width);
  itemIds.forEach((id, item) => {
    const row = rowOf.get(id);
    if (row === undefined) {
      throw new DataError({
        where: `${base}.item2index`,
        expected: `a line of item ${id}`,
        found: "none",
        advice: "Encode this item too, or remove the two feature files to have all items encoded anew.",
      });
    }
    ordered.set(values.subarray(row * width, (row + 1) * width), item * width);
  });
  return { values: ordered, rows: itemIds.length, width };
}
