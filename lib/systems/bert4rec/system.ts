import { neuralSystem } from "../neural/neural_system.ts";
import { createBert4Rec } from "./model.ts";
import { clozeObjective } from "./objective.ts";

/** BERT4Rec: item IDs read in both directions, trained on the target alone to fill gaps. */
export const bert4rec = neuralSystem({
  name: "BERT4Rec",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  createModel: ({ itemIds }, sizes) => createBert4Rec(itemIds.length, sizes),
  objective: clozeObjective,
});
