import { createFpmc } from "./model.ts";
import type { System } from "../system.ts";

/** FPMC: item IDs, a factorised Markov chain and the user's liking, trained on the target alone. */
export const fpmc: System = {
  name: "FPMC",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  readsText: false,
  createModel: ({ itemIds }, settings) => createFpmc(itemIds.length, settings),
};
