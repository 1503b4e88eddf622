import assert from "node:assert/strict";
import { packSequences, sequenceOf, userCount } from "../../data/domain.ts";
import { makeSample } from "../../data/sample/sample.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { type PeterRecOptions, trainPeterRec } from "./train.ts";

const engine = createOnnxEngine({ threads: 1 });
const { sources: [, , source], targets: [target] } = makeSample();
const config = { hiddenSize: 32, maxLength: 20, blocks: 2 };

const short: PeterRecOptions = {
  learningRate: 3e-3,
  batchSize: 256,
  epochs: 1,
  seed: 1,
  pretraining: { learningRate: 3e-3, batchSize: 512, epochs: 1, seed: 1 },
};
const train = (options: PeterRecOptions, domain = target) =>
  trainPeterRec(engine, source, domain, config, { ...short, ...options });

Deno.test("the network stays as it was pre-trained, patches and what stands around them are trained", async () => {
  const { model, parameters, pretrained } = await train({});
  for (const name of Object.keys(model.parameters)) {
    if (/^(source|network)\./.test(name)) {
      assert.deepEqual(parameters[name], pretrained!.parameters[name], name);
    } else if (name.startsWith("norms.")) {
      assert.notDeepEqual(parameters[name], pretrained!.parameters[name], name);
    } else {
      assert.ok(!(name in pretrained!.parameters), name);
    }
  }
});

Deno.test("shared users are ranked once each, and what tests them is not read", async () => {
  const { users, valid, test } = await train({});
  assert.ok(users.length > 200 && users.length < userCount(target.sequences));
  assert.deepEqual([valid.ranks.length, test.ranks.length], [users.length, users.length]);
  for (const { source: one, target: other } of users) {
    assert.equal(source.userIds[one], target.userIds[other]);
  }
  // other items to test with make the same training
  const others = Array.from({ length: userCount(target.sequences) }, (_, user) => {
    const items = [...sequenceOf(target.sequences, user)];
    return items.with(-1, (items.at(-1)! + 1) % target.itemIds.length);
  });
  const again = await train({}, { ...target, sequences: packSequences(others) });
  assert.deepEqual(again.valid.ranks, valid.ranks);
  assert.notDeepEqual(again.test.ranks, test.ranks);
});

Deno.test("a finished run of both stages is looked up, not trained again; one without pre-training is another", () =>
  withTemporaryFolder(async (runs) => {
    let steps = 0;
    const observer = { step: () => void steps++ };
    const kept = { ...short, runs, observer, pretraining: { ...short.pretraining, runs, observer } };
    const first = await train(kept);
    assert.ok(steps > 0);
    steps = 0;
    const second = await train(kept);
    assert.equal(steps, 0);
    assert.deepEqual(second.parameters, first.parameters);
    assert.deepEqual(second.test.ranks, first.test.ranks);
    await train({ ...kept, pretraining: null });
    assert.ok(steps > 0);
  }));

Deno.test("pre-training helps shared shoppers: over three seeds it beats the same network as it starts", async () => {
  const reached = { pretrained: 0, random: 0 };
  for (const seed of [1, 2, 3]) {
    const options = { ...short, epochs: 15, patience: 15, seed };
    const pretraining = { ...short.pretraining, epochs: 10, patience: 10, seed };
    reached.pretrained += (await train({ ...options, pretraining })).test.means["NDCG@10"] / 3;
    reached.random += (await train({ ...options, pretraining: null })).test.means["NDCG@10"] / 3;
  }
  assert.ok(reached.pretrained > 1.1 * reached.random, JSON.stringify(reached));
});
