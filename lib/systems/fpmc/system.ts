import { createFpmc } from "./model.ts";
import { neuralSystem } from "../neural/neural_system.ts";

/** FPMC: item IDs, a factorised Markov chain and the user's liking, trained on the target alone. */
export const fpmc = neuralSystem({
  name: "FPMC",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  createModel: ({ itemIds }, sizes) => createFpmc(itemIds.length, sizes),
});
