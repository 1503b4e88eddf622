import { neuralSystem } from "../neural/neural_system.ts";
import { createRecGuru } from "./model.ts";
import { planRecGuru } from "./pretrain.ts";

/**
 * RecGURU: item IDs, pre-trained on sources and target as an autoencoder against a domain discriminator, then fine-tuned.
 *
 * Its paper joins one source with the target; as the authors of UniSRec compared it, it is given all sources and no
 * overlapping users.
 */
export const recguru = neuralSystem({
  name: "RecGURU",
  abilities: { sources: "one", withoutOverlap: true, transductive: true, inductive: false },
  createModel: ({ itemIds }, sizes) => createRecGuru(itemIds.length, sizes),
  planPretraining: planRecGuru,
});
