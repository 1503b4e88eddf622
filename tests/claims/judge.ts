import { mean, pairedTest } from "../../lib/evaluation/significance.ts";
import type { Claim } from "./claims.ts";
import type { Measurement } from "./measure_seed.ts";

/** The level of the paired t-test over the seeds. */
const level = 0.05;

/** `holds` and `opposite` are more than chance; what is `open` the seeds cannot tell from chance. */
export type Verdict = "holds" | "opposite" | "open";

/** What the seeds say to a claim. */
export interface Judgement {
  claim: string;
  paper: string | null;
  measure: string;
  /** Means over the seeds. */
  higher: number;
  lower: number;
  difference: number;
  p: number;
  verdict: Verdict;
}

/**
 * Tests a claim by Student's paired t-test over the seeds.
 *
 * @param seeds the measurements of each seed, two seeds or more
 */
export function judge(
  { claim, paper, measure, ...sides }: Claim,
  seeds: readonly (readonly Measurement[])[],
): Judgement {
  const higher = seeds.map(sides.higher), lower = seeds.map(sides.lower);
  const { difference, p } = pairedTest(higher, lower);
  const verdict = p >= level ? "open" : difference > 0 ? "holds" : "opposite";
  return { claim, paper, measure, higher: mean(higher), lower: mean(lower), difference, p, verdict };
}
