import { createZesRec } from "./model.ts";
import { pretrainZesRec } from "./pretrain.ts";
import type { System } from "../system.ts";

/**
 * ZESRec: item text only, pre-trained on the sources, then everything fine-tuned.
 *
 * Its paper transfers from one domain to another; as the authors of UniSRec compared it, it is given all sources.
 */
export const zesrec: System = {
  name: "ZESRec",
  abilities: { sources: "one", withoutOverlap: true, transductive: false, inductive: true },
  readsText: true,
  createModel: ({ itemIds, features }, settings) =>
    createZesRec(itemIds.length, { ...settings, featureSize: features?.width }),
  pretrain: (engine, _target, sources, settings, options) =>
    pretrainZesRec(engine, settings, sources, options),
};
