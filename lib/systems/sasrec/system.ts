import { neuralSystem } from "../neural/neural_system.ts";
import { createSasRec } from "./model.ts";

/** SASRec: item IDs, trained on the target alone. */
export const sasrec = neuralSystem({
  name: "SASRec",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  createModel: ({ itemIds }, sizes) => createSasRec(itemIds.length, sizes),
});
