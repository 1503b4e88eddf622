import { createSasRec } from "./model.ts";
import type { System } from "../system.ts";

/** SASRec: item IDs, trained on the target alone. */
export const sasrec: System = {
  name: "SASRec",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  readsText: false,
  createModel: ({ itemIds }, settings) => createSasRec(itemIds.length, settings),
};
