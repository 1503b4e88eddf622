import type { Arrays } from "../lib/engine/array_spec.ts";
import type { SequenceModel } from "../lib/nn/sequence_model.ts";
import { nextItemInputs } from "../lib/training/next_item.ts";

/** A prediction: the row and column it is made at, and the item that is right. */
export type Prediction = readonly [row: number, column: number, target: number];

/**
 * Returns the reference's batch with its specs: one sequence per row, padded on the right; all predictions weigh the same.
 *
 * @param itemLists equally long rows of items
 * @param lengths how many items of each row are no padding
 */
export function goldenBatch(
  model: SequenceModel,
  itemLists: number[][],
  lengths: number[],
  predictions: readonly Prediction[],
) {
  const [rows, length, capacity] = [itemLists.length, itemLists[0].length, predictions.length];
  const columns = itemLists.flatMap((items) => items.map((_, column) => column));
  const arrays: Arrays = {
    items: Int32Array.from(itemLists.flat()),
    positions: Int32Array.from(columns),
    segments: Int32Array.from(columns, (column, slot) => {
      const row = Math.floor(slot / length);
      return column < lengths[row] ? row : -1 - slot;
    }),
    queries: Int32Array.from(predictions, ([row, column]) => row * length + column),
    targets: Int32Array.from(predictions, ([, , target]) => target),
    weights: new Float32Array(capacity).fill(1 / capacity),
  };
  return { specs: nextItemInputs(model, { rows, length, capacity }), arrays };
}
