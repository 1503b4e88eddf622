import assert from "node:assert/strict";
import { tensorsOf } from "../../lib/systems/pretraining/pretraining.ts";
import { loadPretrained, savePretrained, startingParameters } from "../../lib/files/pretrained_file.ts";
import { withTemporaryFolder } from "../with_temporary_folder.ts";
import { namedDomain, neuralSystems, pretrainSystem, scoreHistories, trainSystem } from "./train_system.ts";

const target = namedDomain("Target");
const sources = [namedDomain("First", { seed: 6 }), namedDomain("Second", { items: 24, seed: 8 })];

for (const system of neuralSystems) {
  const training = trainSystem.bind(null, system, target, sources);

  Deno.test(`${system.name}: one seed gives the same bits twice, and again from its checkpoints without a step`, () =>
    withTemporaryFolder(async (runs) => {
      const first = await training();
      const second = await training({ runs });
      const observer = {
        step() {
          throw new Error("a finished run was trained again");
        },
      };
      const loaded = await training({ runs, observer });
      for (const again of [second, loaded]) {
        assert.deepEqual(again.pretrained?.tensors, first.pretrained?.tensors);
        assert.deepEqual(again.parameters, first.parameters);
        assert.deepEqual(again.valid.ranks, first.valid.ranks);
        assert.deepEqual(again.test.ranks, first.test.ranks);
      }
      assert.notDeepEqual((await training({ seed: 2 })).parameters, first.parameters);
    }));

  Deno.test(`${system.name}: training leaves what it starts from as it was`, async () => {
    const { pretrained } = await training();
    assert.deepEqual(pretrained?.tensors, (await pretrainSystem(system, target, sources))?.tensors);
  });

  Deno.test(`${system.name}: saved and loaded parameters give the same scores`, () =>
    withTemporaryFolder(async (folder) => {
      const { model, parameters } = await training({ epochs: 1 });
      const path = `${folder}/model.safetensors`;
      await savePretrained(path, { card: null, tensors: tensorsOf(model, parameters) });
      const loaded = startingParameters(await loadPretrained(path), model);
      assert.deepEqual(
        await scoreHistories({ model, parameters: loaded }, target, target.sequences),
        await scoreHistories({ model, parameters }, target, target.sequences),
      );
    }));
}
