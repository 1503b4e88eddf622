import type { Domain } from "../data/domain.ts";
import { bootstrap, type Estimate } from "../evaluation/bootstrap.ts";
import type { Measured } from "../evaluation/measured.ts";
import { type MetricName, ofAsked } from "../evaluation/metrics.ts";
import { mean, type PairedTest, pairedTest } from "../evaluation/significance.ts";
import { createGenerator } from "../random.ts";
import type { Lab } from "../systems/lab.ts";
import type { TrainOptions } from "../systems/system.ts";
import { shuffleHistories } from "./shuffle_histories.ts";

/** Where histories are in a random order, in words. */
export type Shuffled = "nowhere" | "in testing" | "in training" | "in both";

/** What a system reached with histories in their own or in a random order. */
export interface OrderResult {
  system: string;
  shuffled: Shuffled;
  test: Measured;
}

/**
 * Trains each system twice, on histories as they are and on shuffled ones, and tests each on both.
 *
 * The items to be found are the same in all four; the validation items are predicted from histories in the order that is
 * trained on.
 *
 * @param lab trains, or looks trainings up: one on shuffled histories has a name of its own
 * @param options how all systems are trained; those that learn from sources are trained from scratch without any
 * @param maxLength of longer histories the last so many are shuffled in testing: those that networks read
 */
export async function measureOrder(
  lab: Pick<Lab, "train">,
  target: Domain,
  systems: readonly string[],
  options: TrainOptions & { seed: number },
  maxLength: number,
): Promise<OrderResult[]> {
  const inTraining = shuffleHistories(target, "train", options.seed);
  const inTesting = shuffleHistories(target, "test", options.seed, maxLength);
  const results: OrderResult[] = [];
  for (const system of systems) {
    for (const trained of [target, inTraining]) {
      const recommender = await lab.train(system, trained, options);
      const [ordered, shuffled]: Shuffled[] = trained === target
        ? ["nowhere", "in testing"]
        : ["in training", "in both"];
      results.push({ system, shuffled: ordered, test: await recommender.evaluate("test", target) });
      results.push({ system, shuffled, test: await recommender.evaluate("test", inTesting) });
      await recommender.release();
    }
  }
  return results;
}

/** What became of a metric where histories were shuffled. */
export interface OrderEffect {
  system: string;
  shuffled: Shuffled;
  metric: MetricName;
  mean: Estimate;
  /** Relative to histories in order; null where nothing was found then. */
  change: number | null;
  /** Paired t-test over the users against histories in order; null for these themselves. */
  test: PairedTest | null;
}

/**
 * Compares each system with itself on histories in order.
 *
 * @param seed for the intervals' bootstrap over the users
 */
export function compareOrder(
  results: readonly OrderResult[],
  metrics: readonly MetricName[],
  seed: number,
): OrderEffect[] {
  const generator = createGenerator(seed);
  return results.flatMap(({ system, shuffled, test }) => {
    const ordered = results.find((other) => other.system === system && other.shuffled === "nowhere")!.test;
    return metrics.map((metric) => {
      const [own, before] = [test, ordered].map(({ perUser }) => ofAsked(perUser[metric]));
      const over = (users: Int32Array) => [users.reduce((sum, user) => sum + own[user], 0) / users.length];
      const [estimate] = bootstrap(Int32Array.from(own.keys()), over, generator);
      return {
        system,
        shuffled,
        metric,
        mean: estimate,
        change: mean(before) > 0 ? mean(own) / mean(before) - 1 : null,
        test: shuffled === "nowhere" ? null : pairedTest(own, before),
      };
    });
  });
}
