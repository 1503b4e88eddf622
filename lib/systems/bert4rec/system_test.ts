import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { type ModelTraining, trainModel } from "../neural/train_model.ts";
import { bert4rec } from "./system.ts";

const engine = createOnnxEngine({ threads: 1 });
const domain = smallDomain();
const items = domain.itemIds.length;
const { objective } = bert4rec;
const model = bert4rec.createModel(domain, smallSizes);
const options: ModelTraining = { objective, learningRate: 1e-2, batchSize: 64, patience: 100, seed: 1 };

for (const [instances, epochs] of [["sequence", 80], ["prefix", 25]] as const) {
  Deno.test(`BERT4Rec learns which item follows, far beyond chance, reading each ${instances}`, async () => {
    const { test, curve } = await trainModel(engine, model, domain, { ...options, instances, epochs });
    const chance = 10 / items;
    assert.ok(
      test.means["Recall@10"] > 1.5 * chance,
      `Recall@10 ${test.means["Recall@10"]}, chance ${chance}`,
    );
    assert.ok(curve.at(-1)!.loss < 0.9 * curve[0].loss);
    assert.equal(test.ranks.length, domain.userIds.length);
  });
}

Deno.test("BERT4Rec that was interrupted and goes on ends with the same bits as one that was not", () =>
  withTemporaryFolder(async (folder) => {
    const four = { ...options, epochs: 4 };
    const whole = await trainModel(engine, model, domain, four);
    const stop = new Error("interrupted in the third epoch");
    const observer = {
      step({ epoch, batch }: { epoch: number; batch: number }) {
        if (epoch === 2 && batch === 1) throw stop;
      },
    };
    const kept = { ...four, runs: folder };
    await assert.rejects(trainModel(engine, model, domain, { ...kept, observer }), stop);
    const resumed = await trainModel(engine, model, domain, kept);
    assert.deepEqual(resumed.parameters, whole.parameters);
    assert.deepEqual(resumed.test.ranks, whole.test.ranks);
  }));
