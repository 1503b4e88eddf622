import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../../tests/small_domain.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { trainModel } from "../neural/train_model.ts";
import { fdsa } from "./system.ts";

const engine = createOnnxEngine({ threads: 1 });
const domain = smallDomain();
const items = domain.itemIds.length;
const options = { learningRate: 3e-3, batchSize: 64, epochs: 30, patience: 30, seed: 1 };

Deno.test("FDSA learns which item follows, far beyond chance, and ranks with a table wider than hidden", async () => {
  const model = fdsa.createModel(domain, smallSizes);
  const { test, curve } = await trainModel(engine, model, domain, options);
  const chance = 10 / items;
  assert.ok(test.means["Recall@10"] > 2 * chance, `Recall@10 ${test.means["Recall@10"]}, chance ${chance}`);
  assert.ok(curve.at(-1)!.loss < 0.9 * curve[0].loss);
});

Deno.test("FDSA needs text features", () => {
  assert.throws(() => fdsa.createModel({ ...domain, features: null }, smallSizes), {
    name: "ParameterError",
    message: /^featureSize: /,
  });
});
