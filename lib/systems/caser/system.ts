import { createCaser } from "./model.ts";
import { neuralSystem } from "../neural/neural_system.ts";

/** Caser: item IDs read by convolutions over the last few, trained on the target alone. */
export const caser = neuralSystem({
  name: "Caser",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  createModel: ({ itemIds }, sizes) => createCaser(itemIds.length, sizes),
});
