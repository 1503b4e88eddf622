import { exists } from "../../data/files.ts";
import { identify, runName } from "../../training/run_identity.ts";
import { estimateProcessMemory } from "../../training/step_memory.ts";
import {
  checkTransfer,
  planFineTuning,
  planVariant,
  type TransferOptions,
  type TransferVariant,
} from "../transfer.ts";
import { sizeOfDomain } from "./domain_size.ts";
import { forgetEnd } from "./ended.ts";
import { type Draft, inOrder } from "./in_order.ts";
import type { ListPlace } from "./list_comparison.ts";
import { keepDomains, type TrainingList, writeList } from "./training_list.ts";

/**
 * Lists the trainings of a transfer, pre-trainings first, so that each can be done by a process of its own.
 *
 * @returns the list's folder
 * @throws {DataError} if a variant's domains have features of different text encoders, or an item's are all zero
 * @throws {ParameterError} if a setting cannot be used, or a seed is given twice
 */
export async function listTransfer(
  variants: readonly TransferVariant[],
  options: Omit<TransferOptions, "runs" | "observe">,
  { lists, label, runs, engineName }: ListPlace,
): Promise<string> {
  checkTransfer(variants, options);
  const { setting, sizes, pretraining, fineTuning, seeds } = options;
  const drafts = new Map<string, Draft>();
  const begun = new Map<string, boolean>();
  for (const [at, variant] of variants.entries()) {
    for (const seed of seeds) {
      const key = (target: number | null) => `${at} ${seed} ${target}`;
      const isPretrained = variant.sources.length > 0;
      if (isPretrained) {
        const { run, options: own } = planVariant(variant, seed, { ...options, runs });
        const data = variant.sources.reduce((sum, source) => sum + sizeOfDomain(source), 0);
        begun.set(key(null), await exists(`${runs}/${runName(await identify(run, own))}`));
        drafts.set(key(null), {
          what: `Pre-training ${variant.name}, seed ${seed}`,
          after: [],
          memory: await estimateProcessMemory(run, data),
          work: { kind: "variant", variant: at, seed, target: null },
        });
      }
      for (const [place, target] of variant.targets.entries()) {
        const { run } = await planFineTuning(variant, target, null, seed, options);
        drafts.set(key(place), {
          what: `${variant.name}, seed ${seed}: ${target.name}`,
          after: isPretrained ? [key(null)] : [],
          memory: await estimateProcessMemory(run!, sizeOfDomain(target)),
          work: { kind: "variant", variant: at, seed, target: place },
        });
      }
    }
  }
  const kept: { sources: string[]; targets: string[] }[] = [];
  for (const { sources, targets } of variants) {
    kept.push({ sources: await keepDomains(lists, sources), targets: await keepDomains(lists, targets) });
  }
  const { order, trainings } = inOrder(drafts);
  const list: TrainingList = {
    runs,
    engineName,
    trainings,
    grid: {
      kind: "transfer",
      variants: variants.map(({ name, sizes, tasks }, at) => ({
        name,
        ...kept[at],
        sizes: { ...sizes },
        tasks: { ...tasks },
      })),
      setting,
      sizes: { ...sizes },
      pretraining: { ...pretraining },
      fineTuning: { ...fineTuning },
    },
  };
  const folder = await writeList(lists, label, list);
  // a pre-training whose run was deleted is done again, and what follows from it
  for (const [at, key] of order.entries()) {
    const { after } = trainings[at];
    const isGone = (key: string) => begun.get(key) === false;
    if (isGone(key) || after.some((number) => isGone(order[number - 1]))) await forgetEnd(folder, at + 1);
  }
  return folder;
}
