import { createGru4Rec } from "./model.ts";
import type { System } from "../system.ts";

/** GRU4Rec: item IDs read by recurrent units, trained on the target alone. */
export const gru4rec: System = {
  name: "GRU4Rec",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  readsText: false,
  createModel: ({ itemIds }, settings) => createGru4Rec(itemIds.length, settings),
};
