import { neuralSystem } from "../neural/neural_system.ts";
import { createZesRec } from "./model.ts";
import { planZesRec } from "./pretrain.ts";

/**
 * ZESRec: item text only, pre-trained on the sources, then everything fine-tuned.
 *
 * Its paper transfers from one domain to another; as the authors of UniSRec compared it, it is given all sources.
 */
export const zesrec = neuralSystem({
  name: "ZESRec",
  abilities: { sources: "one", withoutOverlap: true, transductive: false, inductive: true },
  reads: { features: true },
  createModel: ({ itemIds, features }, sizes) =>
    createZesRec(itemIds.length, { ...sizes, featureSize: features?.width }),
  planPretraining: planZesRec,
});
