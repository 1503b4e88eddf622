import { createUniSRec } from "./model.ts";
import { pretrain } from "./pretrain.ts";
import { frozenEncoder } from "../train_and_evaluate.ts";
import type { System } from "../system.ts";

function unisrec(setting: "inductive" | "transductive"): System {
  const transductive = setting === "transductive";
  return {
    name: transductive ? "UniSRec t+ID" : "UniSRec t",
    abilities: { sources: "many", withoutOverlap: true, transductive, inductive: !transductive },
    readsText: true,
    createModel: ({ itemIds, features }, settings) =>
      createUniSRec(itemIds.length, { ...settings, featureSize: features?.width, setting }),
    pretrain: (engine, _target, sources, settings, options) => pretrain(engine, settings, sources, options),
    frozen: frozenEncoder,
  };
}

/** UniSRec with item text only, pre-trained on the sources, its encoder then frozen. */
export const unisrecInductive: System = unisrec("inductive");

/** The same with item IDs beside the text. */
export const unisrecTransductive: System = unisrec("transductive");
