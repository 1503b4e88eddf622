import { createGru4Rec } from "./model.ts";
import { neuralSystem } from "../neural/neural_system.ts";

/** GRU4Rec: item IDs read by recurrent units, trained on the target alone. */
export const gru4rec = neuralSystem({
  name: "GRU4Rec",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  createModel: ({ itemIds }, sizes) => createGru4Rec(itemIds.length, sizes),
});
