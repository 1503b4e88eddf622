import { type NeuralSystem, neuralSystem } from "../neural/neural_system.ts";
import { createUniSRec } from "./model.ts";
import { planUniSRec } from "./pretrain.ts";

/** What the paper keeps of a pre-trained model: position embedding and encoder. Input norm, adaptor and IDs train. */
export const frozenEncoder: readonly string[] = ["encoder.", "positions."];

function unisrec(setting: "inductive" | "transductive"): NeuralSystem {
  const transductive = setting === "transductive";
  return neuralSystem({
    name: transductive ? "UniSRec t+ID" : "UniSRec t",
    abilities: { sources: "many", withoutOverlap: true, transductive, inductive: !transductive },
    reads: { features: true },
    createModel: ({ itemIds, features }, sizes) =>
      createUniSRec(itemIds.length, { ...sizes, featureSize: features?.width, setting }),
    planPretraining: planUniSRec,
    frozen: frozenEncoder,
  });
}

/** UniSRec with item text only, pre-trained on the sources, its encoder then frozen. */
export const unisrecInductive = unisrec("inductive");

/** The same with item IDs beside the text. */
export const unisrecTransductive = unisrec("transductive");
