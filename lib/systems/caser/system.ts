import { createCaser } from "./model.ts";
import type { System } from "../system.ts";

/** Caser: item IDs read by convolutions over the last few, trained on the target alone. */
export const caser: System = {
  name: "Caser",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  readsText: false,
  createModel: ({ itemIds }, settings) => createCaser(itemIds.length, settings),
};
