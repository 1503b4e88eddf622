import { type Sequences, userCount } from "../../data/domain.ts";
import { historyOf, usersOf } from "../../data/split.ts";
import { checkPositiveInteger } from "../../checks.ts";

/**
 * A stretch of one user's sequence that the encoder reads in one pass.
 *
 * It reads `items[start … start + length)` of the user's sequence and, at each of the positions `firstQuery … length − 1`
 * (counted from `start`), predicts the item that comes next: `items[start + position + 1]`.
 */
export interface Segment {
  user: number;
  start: number;
  length: number;
  firstQuery: number;
}

/**
 * Returns segments that hold every next-item prediction of the training sequences exactly once.
 *
 * A training sequence of `n` items has `n − 1` predictions, and the encoder is causal: one pass over the first `n − 1`
 * items yields them all. Longer inputs are cut into windows of `maxLength` that overlap by half; a later window only
 * predicts what no earlier one did, so that each of its predictions sees more than half a window of history. Users with
 * fewer than two training items give nothing.
 *
 * @param maxLength the most items that the encoder reads at once
 * @throws {ParameterError} if `maxLength` is not a positive integer
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { sequenceSegments } from "./segments.ts";
 * import assert from "node:assert/strict";
 *
 * // five items, of which the last two are held out: items 3 → 1 and 3, 1 → 4 are to be learnt
 * const segments = sequenceSegments(packSequences([[3, 1, 4, 0, 2]]), 50);
 * assert.deepEqual(segments, [{ user: 0, start: 0, length: 2, firstQuery: 0 }]);
 * ```
 */
export function sequenceSegments(sequences: Sequences, maxLength: number): Segment[] {
  return cover(sequences, maxLength, (trainingItems) => trainingItems - 1);
}

/**
 * Returns segments in which every training item is at one query's slot: for models that predict what is hidden there.
 *
 * Longer sequences are cut as in {@link sequenceSegments}. The last query is at the user's last training item: the item
 * that follows it is held out, and must not become a target.
 *
 * @throws {ParameterError} if `maxLength` is not a positive integer
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { wholeSegments } from "./segments.ts";
 * import assert from "node:assert/strict";
 *
 * const segments = wholeSegments(packSequences([[3, 1, 4, 0, 2]]), 50);
 * assert.deepEqual(segments, [{ user: 0, start: 0, length: 3, firstQuery: 0 }]);
 * ```
 */
export function wholeSegments(sequences: Sequences, maxLength: number): Segment[] {
  return cover(sequences, maxLength, (trainingItems) => trainingItems);
}

/** Covers the first `inputsOf(training items)` items of every user with windows, each item being one window's query. */
function cover(
  sequences: Sequences,
  maxLength: number,
  inputsOf: (trainingItems: number) => number,
): Segment[] {
  checkMaxLength(maxLength);
  const segments: Segment[] = [];
  const step = Math.ceil(maxLength / 2);
  for (let user = 0; user < userCount(sequences); user++) {
    const inputs = inputsOf(historyOf(sequences, user, "train").length);
    for (let covered = 0; covered < inputs;) {
      const end = Math.min(inputs, covered === 0 ? maxLength : covered + step);
      const start = Math.max(0, end - maxLength);
      segments.push({ user, start, length: end - start, firstQuery: covered - start });
      covered = end;
    }
  }
  return segments;
}

/**
 * Returns one segment for every prefix of the training sequences, predicting one item each: the reference's way.
 *
 * A prefix longer than `maxLength` keeps its last items. The predictions are those of {@link sequenceSegments}, at many
 * times the cost; this is for checking.
 *
 * @throws {ParameterError} if `maxLength` is not a positive integer
 */
export function prefixSegments(sequences: Sequences, maxLength: number): Segment[] {
  checkMaxLength(maxLength);
  const segments: Segment[] = [];
  for (let user = 0; user < userCount(sequences); user++) {
    const items = historyOf(sequences, user, "train").length;
    for (let end = 1; end < items; end++) segments.push(lastItems(user, end, maxLength));
  }
  return segments;
}

/**
 * Returns one segment per user that predicts the held-out item of `part` from as many items before it as can be read.
 *
 * Users without a held-out item or without any item before it give nothing.
 *
 * @param queryAt as a model has it; for a `mask` the segment ends with the held-out item itself, whose slot the mask takes
 * @throws {ParameterError} if `maxLength` is not a positive integer
 */
export function evaluationSegments(
  sequences: Sequences,
  part: "valid" | "test",
  maxLength: number,
  queryAt: "last item" | "mask" = "last item",
): Segment[] {
  checkMaxLength(maxLength);
  const segments: Segment[] = [];
  for (const user of usersOf(sequences, part)) {
    const end = historyOf(sequences, user, part).length;
    segments.push(lastItems(user, queryAt === "mask" ? end + 1 : end, maxLength));
  }
  return segments;
}

/** Returns the segment of at most `maxLength` items that ends before item `end` and predicts it. */
function lastItems(user: number, end: number, maxLength: number): Segment {
  const length = Math.min(end, maxLength);
  return { user, start: end - length, length, firstQuery: length - 1 };
}

function checkMaxLength(maxLength: number): void {
  checkPositiveInteger("maxLength", maxLength, "The reference uses 50.");
}
