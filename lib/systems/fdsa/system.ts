import { neuralSystem } from "../neural/neural_system.ts";
import { createFdsa } from "./model.ts";

/** FDSA: item IDs and text features in two encoders, trained on the target alone. */
export const fdsa = neuralSystem({
  name: "FDSA",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  reads: { features: true },
  createModel: ({ itemIds, features }, sizes) =>
    createFdsa(itemIds.length, { ...sizes, featureSize: features?.width }),
});
