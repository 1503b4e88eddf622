import type { ListedTraining } from "./training_list.ts";

/** A training whose place in the list is not settled: it names those before it by their keys. */
export type Draft = Omit<ListedTraining, "after"> & { after: string[] };

/**
 * Puts trainings into an order in which each comes after those that it waits for: first those that wait for none and are
 * waited for, and for the rest as they came.
 *
 * @param drafts by key; none waits for itself, be it through others
 * @returns the keys in that order, and the trainings
 */
export function inOrder(
  drafts: ReadonlyMap<string, Draft>,
): { order: string[]; trainings: ListedTraining[] } {
  const depths = new Map<string, number>();
  const depthOf = (key: string): number => {
    const known = depths.get(key);
    if (known !== undefined) return known;
    const { after, work } = drafts.get(key)!;
    const own = after.length > 0 ? 1 + Math.max(...after.map(depthOf)) : isPretraining(work) ? 0 : 1;
    depths.set(key, own);
    return own;
  };
  const order = [...drafts.keys()].sort((a, b) => depthOf(a) - depthOf(b)); // stable
  const numbers = new Map(order.map((key, at) => [key, at + 1]));
  const trainings = order.map((key): ListedTraining => {
    const { after, ...draft } = drafts.get(key)!;
    const before = [...new Set(after)].map((key) => numbers.get(key)!);
    return { ...draft, after: before.sort((a, b) => a - b) };
  });
  return { order, trainings };
}

function isPretraining(work: Draft["work"]): boolean {
  return work.kind === "pre-training" || work.kind === "variant" && work.target === null;
}
