import type { PairedTest } from "../evaluation/significance.ts";
import type { TransferResult } from "./transfer.ts";
import { compareTransfer } from "./transfer_summary.ts";

/** A question to the results: whether a variant is better than others. */
export interface TransferQuestion {
  variant: string;
  /** What it is compared with: the mean of these. */
  others: readonly string[];
  /** In words, such as `All against None`. */
  what: string;
}

/** An answer, of a paired t-test. */
export type TransferAnswer = PairedTest & Pick<TransferQuestion, "what">;

/**
 * Answers questions over the mean of the targets and, where there are several, for each target alone.
 *
 * @returns all questions over all targets, then all for the first target, and so on
 */
export function answerByTarget(
  results: readonly TransferResult[],
  questions: readonly TransferQuestion[],
): TransferAnswer[] {
  const targets = [...new Set(results.map(({ target }) => target))];
  const groups = [
    ...(targets.length > 1 ? [{ name: "all targets", own: results }] : []),
    ...targets.map((name) => ({ name, own: results.filter(({ target }) => target === name) })),
  ];
  return groups.flatMap(({ name, own }) =>
    questions.map(({ variant, others, what }) => ({
      what: `${what}, ${name}`,
      ...compareTransfer(own, variant, others),
    }))
  );
}
