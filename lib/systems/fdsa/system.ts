import { createFdsa } from "./model.ts";
import type { System } from "../system.ts";

/** FDSA: item IDs and text features in two encoders, trained on the target alone. */
export const fdsa: System = {
  name: "FDSA",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  readsText: true,
  createModel: ({ itemIds, features }, settings) =>
    createFdsa(itemIds.length, { ...settings, featureSize: features?.width }),
};
