import { createRecGuru } from "./model.ts";
import { defaultRecGuruTasks } from "./loss.ts";
import { pretrainRecGuru } from "./pretrain.ts";
import type { System } from "../system.ts";

/**
 * RecGURU: item IDs, pre-trained on sources and target as an autoencoder against a domain discriminator, then fine-tuned.
 *
 * Its paper joins one source with the target; as the authors of UniSRec compared it, it is given all sources and no
 * overlapping users.
 */
export const recguru: System = {
  name: "RecGURU",
  abilities: { sources: "one", withoutOverlap: true, transductive: true, inductive: false },
  readsText: false,
  createModel: ({ itemIds }, settings) => createRecGuru(itemIds.length, settings),
  pretrain: (engine, target, sources, settings, options) =>
    pretrainRecGuru(engine, target, sources, settings, options),
  constants: { ...defaultRecGuruTasks },
};
