import { ParameterError } from "../errors.ts";
import { createGenerator } from "../random.ts";
import { bootstrap, type Estimate } from "../evaluation/bootstrap.ts";
import type { UserGroup } from "./user_groups.ts";

/** What a model reached on every user. */
export interface UserResults {
  model: string;
  /** A metric, such as Recall@10. `[users]` */
  values: ArrayLike<number>;
}

/** What one model reached on one group of users. */
export interface GroupResult {
  group: string;
  /** The number of users, each with one test interaction. */
  users: number;
  model: string;
  mean: Estimate;
  /** The mean divided by the baseline's, less 1; its value is null where the baseline's mean is 0. */
  improvement: Estimate;
}

/**
 * Compares models group by group: the mean of a metric, and its relative improvement over a baseline.
 *
 * @param results models measured on the same users, among them the baseline
 * @param baseline the name of the model that the others are compared with
 * @param seed for the bootstrap, which draws the same users for all models
 * @returns group by group, each with all models
 * @throws {ParameterError} if the baseline is not among the results, or a model lacks users
 * @example
 * ```ts
 * import { compareGroups } from "./group_comparison.ts";
 * import assert from "node:assert/strict";
 *
 * const groups = [{ name: "[1, 5)", users: Int32Array.of(0, 2, 3, 5) }];
 * const results = [
 *   { model: "SASRec", values: [0, 1, 1, 0, 1, 0] },
 *   { model: "UniSRec t", values: [1, 1, 1, 0, 0, 0] },
 * ];
 * const [, { mean, improvement }] = compareGroups(groups, results, "SASRec", 1);
 * assert.deepEqual([mean.value, improvement.value], [0.5, 1]);
 * ```
 */
export function compareGroups(
  groups: readonly UserGroup[],
  results: readonly UserResults[],
  baseline: string,
  seed: number,
): GroupResult[] {
  checkResults(groups, results, baseline);
  const baselineAt = results.findIndex(({ model }) => model === baseline);
  const generator = createGenerator(seed);
  const statistics = (users: Int32Array) => {
    const means = results.map(({ values }) => meanOver(values, users));
    return [...means, ...means.map((mean) => mean / means[baselineAt] - 1)];
  };
  return groups.flatMap(({ name, users }) => {
    const estimates = bootstrap(users, statistics, generator);
    return results.map(({ model }, at) => ({
      group: name,
      users: users.length,
      model,
      mean: estimates[at],
      improvement: estimates[results.length + at],
    }));
  });
}

function meanOver(values: ArrayLike<number>, users: Int32Array): number {
  let sum = 0;
  for (const user of users) sum += values[user];
  return sum / users.length;
}

function checkResults(
  groups: readonly UserGroup[],
  results: readonly UserResults[],
  baseline: string,
): void {
  if (!results.some(({ model }) => model === baseline)) {
    throw new ParameterError({
      where: "baseline",
      expected: `one of ${results.map(({ model }) => model).join(", ")}`,
      found: baseline,
      advice: "Measure the baseline on the same users too.",
    });
  }
  const lastUser = Math.max(-1, ...groups.map(({ users }) => users.at(-1) ?? -1));
  for (const { model, values } of results) {
    if (values.length > lastUser) continue;
    throw new ParameterError({
      where: `results of ${model}`,
      expected: `a value for every user, at least ${lastUser + 1}`,
      found: String(values.length),
      advice: "Measure all models on the data set that the groups are of.",
    });
  }
}
