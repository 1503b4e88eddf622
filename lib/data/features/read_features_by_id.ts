import { DataError } from "../../errors.ts";
import type { FeatureTable } from "../domain.ts";
import { exists } from "../files.ts";
import { readIndex } from "../processed/read_index.ts";
import { readFeatureTable } from "./feature_tables.ts";
import { readFeatures } from "./read_features.ts";

/**
 * Reads features that were made for items in another order, perhaps more of them: `base.item2index` says which row of
 * `base.feat1CLS` belongs to which item, or `base.features.parquet` or `.safetensors` does so itself.
 *
 * @param width numbers of a row of `base.feat1CLS`, where the file does not say so itself
 * @returns one row per identifier, in the order of `itemIds`
 * @throws {DataError} if a file is missing or malformed, or an item has no row
 */
export async function readFeaturesById(
  base: string,
  itemIds: readonly string[],
  width?: number,
): Promise<FeatureTable> {
  const made = await exists(`${base}.feat1CLS`) ? null : await readFeatureTable(base);
  const where = made?.ids ? made.path : `${base}.item2index`;
  const rowIds = made?.ids ?? await readIndex(`${base}.item2index`);
  const table = made?.table ??
    await readFeatures(`${base}.feat1CLS`, { items: rowIds.length, isLeast: false }, width);
  if (table.rows !== rowIds.length) {
    throw new DataError({
      where: made?.path ?? base,
      expected: `${rowIds.length} rows, one for each identifier`,
      found: String(table.rows),
      advice: "The two belong to different items: write them again together.",
    });
  }
  return inOrder(table, rowIds, itemIds, where);
}

/** Puts rows into the order of other identifiers. */
export function inOrder(
  { values, width, encoder }: FeatureTable,
  rowIds: readonly string[],
  itemIds: readonly string[],
  where: string,
): FeatureTable {
  const rowOf = new Map(rowIds.map((id, row) => [id, row]));
  const ordered = new Float32Array(itemIds.length * width);
  itemIds.forEach((id, item) => {
    const row = rowOf.get(id);
    if (row === undefined) {
      throw new DataError({
        where,
        expected: `a line of item ${id}`,
        found: "none",
        advice: "Encode this item too, or remove the feature files to have all items encoded anew.",
      });
    }
    ordered.set(values.subarray(row * width, (row + 1) * width), item * width);
  });
  return { values: ordered, rows: itemIds.length, width, ...encoder === undefined ? {} : { encoder } };
}
