import { ofAsked } from "../evaluation/metrics.ts";
import { mean, type PairedTest, pairedTest, standardDeviation } from "../evaluation/significance.ts";
import type { TransferResult } from "./transfer.ts";

/** A variant's NDCG@10 on a target over the seeds. */
export interface TransferSummary {
  variant: string;
  target: string;
  mean: number;
  /** Standard deviation over the seeds, null for a single one. */
  deviation: number | null;
  /** One value for each seed. */
  values: number[];
}

/** Returns mean and spread over the seeds, for each variant and target, in the order of the results. */
export function summariseTransfer(results: readonly TransferResult[]): TransferSummary[] {
  const groups = Map.groupBy(results, ({ variant, target }) => JSON.stringify([variant, target]));
  return [...groups.values()].map((group) => {
    const values = group.map(({ test }) => test.means["NDCG@10"]);
    const { variant, target } = group[0];
    return { variant, target, mean: mean(values), deviation: standardDeviation(values), values };
  });
}

/** Returns the mean of every metric over the seeds, for each variant and target, in the order of the results. */
export function meansOfTransfer(
  results: readonly TransferResult[],
): { variant: string; target: string; means: Record<string, number> }[] {
  const groups = Map.groupBy(results, ({ variant, target }) => JSON.stringify([variant, target]));
  return [...groups.values()].map((group) => {
    const [{ variant, target, test }] = group;
    const names = Object.keys(test.means) as (keyof typeof test.means)[];
    const means = names.map((name) => [name, mean(group.map(({ test }) => test.means[name]))] as const);
    return { variant, target, means: Object.fromEntries(means) };
  });
}

/**
 * Compares a variant with others by the mean NDCG@10 over the targets, seed by seed, or user by user if there is one
 * seed only; every target counts alike, however many users it has.
 *
 * @param others their values are averaged before the comparison
 */
export function compareTransfer(
  results: readonly TransferResult[],
  variant: string,
  others: readonly string[],
): PairedTest {
  const seeds = [...new Set(results.map(({ seed }) => seed))];
  const of = (name: string): Float64Array => {
    const own = results.filter((result) => result.variant === name);
    if (seeds.length === 1) return weighTargets(own.map(({ test }) => ofAsked(test.perUser["NDCG@10"])));
    return Float64Array.from(
      seeds,
      (seed) => mean(own.filter((result) => result.seed === seed).map(({ test }) => test.means["NDCG@10"])),
    );
  };
  const lists = others.map(of);
  return pairedTest(of(variant), of(variant).map((_, i) => mean(lists.map((list) => list[i]))));
}

/** Joins the targets' values, each user's scaled so that the mean of all is the mean of the targets' means. */
function weighTargets(targets: readonly Float64Array[]): Float64Array {
  const users = targets.reduce((sum, values) => sum + values.length, 0);
  return Float64Array.from(targets.flatMap((values) => {
    const scale = users / (targets.length * values.length);
    return Array.from(values, (value) => scale * value);
  }));
}
