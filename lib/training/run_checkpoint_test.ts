import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { loadCheckpoint, saveCheckpoint } from "../files/checkpoint.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import { loadRun, type RunPosition, saveRun } from "./run_checkpoint.ts";

const specs: ParameterSpecs = { kernel: { shape: [2], initial: "normal" } };
const arrays = { kernel: Float32Array.of(0.5, -1) };
const training = { step: 7, parameters: arrays, first: arrays, second: arrays };
const generatorState = [1, -2, 3, 4];
const position: RunPosition = {
  epoch: 2,
  within: { startState: generatorState, batches: 3, instances: 96, sums: { loss: 12.5 }, seconds: 0.25 },
  generatorState,
  stopping: { best: { epoch: 1, metric: 0.5 }, epochsWithoutImprovement: 1 },
  best: arrays,
  training,
};
const config = { seed: 1 };

Deno.test("a position comes back as it was saved", () =>
  withTemporaryFolder(async (folder) => {
    assert.equal(await loadRun(folder, specs, training, config), null);
    await saveRun(folder, specs, position, config);
    assert.deepEqual(await loadRun(folder, specs, training, config), position);
    const first = {
      ...position,
      within: null,
      stopping: { best: null, epochsWithoutImprovement: 0 },
      best: {},
    };
    await saveRun(folder, specs, { ...first, epoch: -1 }, config);
    assert.deepEqual(await loadRun(folder, specs, training, config), { ...first, epoch: -1 });
  }));

Deno.test("a state that is not what a run writes is refused by its field", () =>
  withTemporaryFolder(async (folder) => {
    await saveRun(folder, specs, position, config);
    const { state, tensors } = (await loadCheckpoint(folder))!;
    for (
      const [change, message] of [
        [{ epoch: null }, "epoch: expected a whole number of at least -1, but found null"],
        [{ epoch: 1.5 }, "epoch: expected a whole number of at least -1, but found 1.5"],
        [{ step: "7" }, 'step: expected a whole number of at least 0, but found "7"'],
        [{ generatorState: [1, 2, 3] }, "generatorState: expected four integers that are not all 0"],
        [{ generatorState: [0, 0, 0, 0] }, "generatorState: expected four integers that are not all 0"],
        [{ generatorState: [1, 2, 3, null] }, "generatorState[3]: expected an integer, but found null"],
        [
          { within: { ...position.within, batches: -1 } },
          "within.batches: expected a whole number of at least 0",
        ],
        [
          { within: { ...position.within, sums: { loss: null } } },
          "within.sums.loss: expected a finite number",
        ],
        [
          { stopping: { best: { epoch: 1 }, epochsWithoutImprovement: 1 } },
          "stopping.best.metric: expected a value",
        ],
        [{ stopping: null }, "stopping: expected an object, but found null"],
        [{ more: 1 }, "more: expected no such field, but found 1"],
      ] as const
    ) {
      await saveCheckpoint(folder, { state: { ...state, ...change }, tensors });
      await assert.rejects(loadRun(folder, specs, training, config), (error: Error) => {
        assert.equal(error.name, "CheckpointError");
        assert(error.message.startsWith(`${folder}, state of the checkpoint, ${message}`), error.message);
        return true;
      });
    }
  }));
