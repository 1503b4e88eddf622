import assert from "node:assert/strict";
import type { ArraySpec } from "../engine/array_spec.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { createSasRec } from "../systems/sasrec/model.ts";
import { createUniSRec } from "../systems/unisrec/model.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator, normals } from "../random.ts";
import { packBatches } from "../training/packing/packing.ts";
import { ranksOf } from "./metrics.ts";
import { createScorer } from "./scorer.ts";

/** Returns a table's rows again and again. */
function repeat(rows: Float32Array, times: number): Float32Array {
  const many = new Float32Array(rows.length * times);
  for (let at = 0; at < times; at++) many.set(rows, at * rows.length);
  return many;
}

for (const [setting, times] of [["inductive", 1500], ["transductive", 11_000]] as const) {
  Deno.test(`items beyond those adapted at once get the scores that they get among few items, ${setting}`, async () => {
    const engine = createOnnxEngine({ threads: 1 });
    const config = { hiddenSize: 4, innerSize: 4, maxLength: 3, featureSize: 5, experts: 2, setting };
    const shape = { rows: 1, length: 3, capacity: 1 };
    const sequences = { items: Int32Array.of(2, 0, 1), offsets: Int32Array.of(0, 3) };
    const batch = packBatches([{ user: 0, start: 0, length: 2, firstQuery: 1 }], sequences, shape)[0];
    const few = normals(createGenerator(1), 3 * 5);
    const start = initialiseParameters(createUniSRec(3, config).parameters, createGenerator(2));
    const score = async (times: number) => {
      const scorer = await createScorer(engine, createUniSRec(3 * times, config), repeat(few, times));
      const { "items.embedding": embedding, ...others } = start;
      await scorer.setParameters(
        embedding ? { ...others, "items.embedding": repeat(embedding as Float32Array, times) } : others,
      );
      const scores = (await scorer.score(batch)).slice();
      await scorer.release();
      return scores;
    };
    const expected = await score(1);
    const found = await score(times);
    found.forEach((value, item) => assert.ok(Math.abs(value - expected[item % 3]) < 1e-5, `item ${item}`));
  });
}

Deno.test("ranks are those of the scores, and a score that is not finite is named", async () => {
  const engine = createOnnxEngine({ threads: 1 });
  const model = createSasRec(20, { hiddenSize: 4, innerSize: 4, maxLength: 4 });
  const shape = { rows: 2, length: 4, capacity: 3 };
  const sequences = { items: Int32Array.of(2, 0, 1, 7, 5), offsets: Int32Array.of(0, 3, 5) };
  const segments = [{ user: 0, start: 0, length: 2, firstQuery: 1 }, {
    user: 1,
    start: 0,
    length: 1,
    firstQuery: 0,
  }];
  const [batch] = packBatches(segments, sequences, shape);
  const scorer = await createScorer(engine, model, null);
  const parameters = initialiseParameters(model.parameters, createGenerator(3));
  await scorer.setParameters(parameters);
  const targets = batch.targets.subarray(0, batch.instances);
  assert.deepEqual([...targets], [1, 5]);
  assert.deepEqual(await scorer.rank(batch), ranksOf(await scorer.score(batch), targets, model.items));
  const held = await engine.hold(parameters, parametersAsArrays(model));
  await scorer.setParameters(held);
  assert.deepEqual(await scorer.rank(batch), ranksOf(await scorer.score(batch), targets, model.items));
  const broken = parameters["items.embedding"].slice();
  broken[11 * 4] = NaN; // of an item that nobody has read
  await scorer.setParameters({ ...parameters, "items.embedding": broken });
  await assert.rejects(scorer.rank(batch), {
    name: "EngineError",
    message: /^score of item 11 for user 0 of the batch: expected a finite number, but found NaN/,
  });
  await scorer.release();
});

/** Returns the specs of a model's parameters by their own names. */
function parametersAsArrays({ parameters }: SequenceModel): Record<string, ArraySpec> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [name, { shape, type: "float32" }]),
  );
}
