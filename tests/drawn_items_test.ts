import assert from "node:assert/strict";
import { trainModel } from "../lib/systems/neural/train_model.ts";
import { nextItemObjective } from "../lib/training/next_item_objective.ts";
import { engine, namedDomain, neuralSystems, sizes } from "./systems/train_system.ts";

const target = namedDomain("Drawn", { items: 150, users: 120 });
const negatives = { by: "popularity", count: 20 } as const;

for (const system of neuralSystems) {
  Deno.test(`${system.name} trains on a batch's items and drawn ones alone, and learns`, async () => {
    const model = system.createModel(target, sizes);
    const objective = system.objective ?? nextItemObjective;
    const settings = { batchSize: 32, instances: "sequence" as const, negatives };
    const { inputs, known } = objective(model, target, settings);
    assert.ok(inputs[known!].shape[0] < 150, "a step knows some of the 150 items");
    const limits = { learningRate: 1e-2, epochs: 4, patience: 4, seed: 1 };
    const { curve } = await trainModel(engine, model, target, { ...settings, ...limits, objective });
    assert.ok(curve.at(-1)!.loss < curve[0].loss, `from ${curve[0].loss} to ${curve.at(-1)!.loss}`);
  });
}
