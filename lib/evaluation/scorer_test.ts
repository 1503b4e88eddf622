import assert from "node:assert/strict";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import { createUniSRec } from "../models/unisrec.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator, normals } from "../random.ts";
import { packBatches } from "../training/packing.ts";
import { createScorer } from "./scorer.ts";

Deno.test("items beyond those adapted at once get the scores that they get among few items", async () => {
  const engine = createOnnxEngine({ threads: 1 });
  const config = { hiddenSize: 4, innerSize: 4, maxLength: 3, featureSize: 5, experts: 2 };
  const shape = { rows: 1, length: 3, capacity: 1 };
  const sequences = { items: Int32Array.of(2, 0, 1), offsets: Int32Array.of(0, 3) };
  const batch = packBatches([{ user: 0, start: 0, length: 2, firstQuery: 1 }], sequences, shape)[0];
  const few = normals(createGenerator(1), 3 * 5);
  const score = async (items: number, features: Float32Array) => {
    const model = createUniSRec(items, config);
    const scorer = await createScorer(engine, model, features, shape);
    await scorer.setParameters(initialiseParameters(model.parameters, createGenerator(2)));
    const scores = (await scorer.score(batch)).slice();
    await scorer.release();
    return scores;
  };
  const expected = await score(3, few);
  const items = 3 * 1500;
  const many = new Float32Array(items * 5);
  for (let item = 0; item < items; item += 3) many.set(few, item * 5);
  const found = await score(items, many);
  found.forEach((value, item) => assert.ok(Math.abs(value - expected[item % 3]) < 1e-5, `item ${item}`));
});
