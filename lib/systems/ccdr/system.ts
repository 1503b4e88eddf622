import { neuralSystem } from "../neural/neural_system.ts";
import { createCcdr } from "./model.ts";
import { planCcdr } from "./pretrain.ts";

/**
 * CCDR: item IDs, pre-trained on sources and target with contrasts within and between domains, then fine-tuned.
 *
 * The paper's Table 1 does not have it. The original learns from one source; of its contrasts between domains those by
 * users and by their neighbours need overlap, the one by tags, which is used here as the authors did, needs none.
 */
export const ccdr = neuralSystem({
  name: "CCDR",
  abilities: { sources: "one", withoutOverlap: true, transductive: true, inductive: false },
  reads: { words: true },
  createModel: ({ itemIds }, sizes) => createCcdr(itemIds.length, sizes),
  planPretraining: planCcdr,
});
