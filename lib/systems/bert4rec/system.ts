import { createBert4Rec } from "./model.ts";
import { clozeObjective, clozeShares } from "./objective.ts";
import type { System } from "../system.ts";

/** BERT4Rec: item IDs read in both directions, trained on the target alone to fill gaps. */
export const bert4rec: System = {
  name: "BERT4Rec",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  readsText: false,
  createModel: ({ itemIds }, settings) => createBert4Rec(itemIds.length, settings),
  objective: clozeObjective,
  constants: clozeShares,
};
