/** A task's mean loss over the instances of one domain. */
export interface DomainLoss {
  /** `sequenceItem` or `sequenceSequence`. */
  task: string;
  /** The domain's name. */
  domain: string;
  /** Its mean. */
  loss: number;
}

/**
 * Returns each task's mean loss by domain, from the parts of an epoch's loss.
 *
 * The step's part `task/domain` is the domain's share of the task's mean over all instances; of one domain alone there
 * are no shares.
 *
 * @param parts an epoch's means, from its record
 * @param instances of an epoch, by domain
 * @example
 * ```ts
 * import { domainLosses } from "./domain_losses.ts";
 * import assert from "node:assert/strict";
 *
 * const parts = { sequenceItem: 5, "sequenceItem/Games": 4.5, "sequenceItem/Pantry": 0.5 };
 * assert.deepEqual(domainLosses(parts, { Games: 75, Pantry: 25 }), [
 *   { task: "sequenceItem", domain: "Games", loss: 6 },
 *   { task: "sequenceItem", domain: "Pantry", loss: 2 },
 * ]);
 * ```
 */
export function domainLosses(
  parts: Readonly<Record<string, number>>,
  instances: Readonly<Record<string, number>>,
): DomainLoss[] {
  const domains = Object.keys(instances);
  const total = domains.reduce((sum, domain) => sum + instances[domain], 0);
  const tasks = Object.keys(parts).filter((part) => !part.includes("/"));
  return tasks.flatMap((task) =>
    domains.map((domain) => ({
      task,
      domain,
      loss: domains.length === 1 ? parts[task] : parts[`${task}/${domain}`] * total / instances[domain],
    }))
  );
}
