import { createCcdr } from "./model.ts";
import { defaultCcdrTasks } from "./losses.ts";
import { itemsPerTag } from "./tag_pairs.ts";
import { pretrainCcdr } from "./pretrain.ts";
import type { System } from "../system.ts";

/**
 * CCDR: item IDs, pre-trained on sources and target with contrasts within and between domains, then fine-tuned.
 *
 * The paper's Table 1 does not have it. The original learns from one source; of its contrasts between domains those by
 * users and by their neighbours need overlap, the one by tags, which is used here as the authors did, needs none.
 */
export const ccdr: System = {
  name: "CCDR",
  abilities: { sources: "one", withoutOverlap: true, transductive: true, inductive: false },
  readsText: false,
  createModel: ({ itemIds }, settings) => createCcdr(itemIds.length, settings),
  pretrain: (engine, target, sources, settings, options) =>
    pretrainCcdr(engine, target, sources, settings, options),
  constants: { ...defaultCcdrTasks, itemsPerTag },
  readsWords: true,
};
