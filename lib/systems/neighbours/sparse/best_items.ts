import type { TopItems } from "../../../evaluation/top_k.ts";
import { isBefore } from "../rank_target.ts";

/** The best of the items that were offered, best first; equal ones in the order of `tieOrder`. */
export class BestItems {
  readonly #items: number[] = [];
  readonly #scores: number[] = [];
  /** An item with a lower score is not among the best. */
  least = -Infinity;

  constructor(readonly k: number) {}

  /** Takes an item up if it is among the best so far, and tells whether it is. */
  offer(item: number, score: number): boolean {
    const [items, scores] = [this.#items, this.#scores];
    let low = 0;
    for (let high = items.length; low < high;) {
      const middle = (low + high) >>> 1;
      if (isBefore(items[middle], scores[middle], item, score)) low = middle + 1;
      else high = middle;
    }
    if (low === this.k) return false;
    items.splice(low, 0, item);
    scores.splice(low, 0, score);
    if (items.length > this.k) {
      items.pop();
      scores.pop();
    }
    if (items.length === this.k) this.least = scores[this.k - 1];
    return true;
  }

  toTopItems(): TopItems {
    return { items: Int32Array.from(this.#items), scores: Float32Array.from(this.#scores) };
  }
}
