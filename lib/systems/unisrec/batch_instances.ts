import { createGenerator } from "../../random.ts";
import { joinDomains, type SourceDomain } from "../../training/joined/joined_domains.ts";
import { domainOf } from "../../training/joined/joined_items.ts";
import { createPretrainingBatches } from "./batches.ts";

/** One instance of a pre-training batch. */
export interface BatchInstance {
  /** Numbered over all domains. */
  user: number;
  /** The row of the item to be predicted among the batch's items: equal rows are equal items. */
  target: number;
  domain: string;
}

/**
 * Returns the first instances of a pre-training batch, to look at.
 *
 * @param count how many at most
 */
export function firstInstances(
  domains: readonly SourceDomain[],
  { batchSize, maxLength, seed }: { batchSize: number; maxLength: number; seed: number },
  count: number,
): BatchInstance[] {
  const joined = joinDomains(domains);
  const generator = createGenerator(seed);
  const [batch] = createPretrainingBatches(joined, batchSize, maxLength).batches(generator);
  const { users, targets } = batch.arrays(generator);
  return Array.from({ length: Math.min(count, batch.instances) }, (_, i) => ({
    user: users[i],
    target: targets[i],
    domain: joined.names[domainOf(joined.firstUsers, users[i])],
  }));
}
