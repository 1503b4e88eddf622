import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import type { Arrays } from "../engine/array_spec.ts";
import { copyHere, holdHere } from "../engine/held_array.ts";
import { EngineError } from "../errors.ts";
import { integer } from "../random.ts";
import { loadCheckpoint } from "../files/checkpoint.ts";
import { type EpochRecord, fit, type FitOptions } from "./fit.ts";
import type { Trainer, TrainingState } from "./trainer.ts";

const specs = { weight: { shape: [2, 1], initial: "zeros" } } as const;

/** A trainer whose parameter is the sum of all it was shown, with one random number for each step. */
function countingTrainer(width = 2): Trainer {
  const zeros = (): Arrays => ({ weight: new Float32Array(width) });
  let state: TrainingState = { step: 0, parameters: zeros(), first: zeros(), second: zeros() };
  return {
    specs: { weight: { ...specs.weight, shape: [width, 1] } },
    get parameters() {
      return holdHere(state.parameters, { weight: { shape: [width, 1], type: "float32" } });
    },
    readState: () => Promise.resolve(state),
    restore: (other) => Promise.resolve(void (state = other)),
    step(arrays, _learningRate, generator) {
      const weight = state.parameters.weight.map((value) => value + arrays.x[0] + integer(generator, 100));
      state = { ...state, step: state.step + 1, parameters: { weight } };
      return Promise.resolve({ loss: weight[0], part: arrays.x[0] });
    },
    release: () => Promise.resolve(),
  };
}

const options: FitOptions = {
  batches: (generator) =>
    [1, 2, 3].map((x) => {
      const drawn = integer(generator, 10);
      return {
        arrays: (generator) => ({ x: Float32Array.of(x + drawn + integer(generator, 10)) }),
        instances: x,
      };
    }),
  validate: (parameters) => Promise.resolve(Math.sin(copyHere(parameters).weight[0])),
  learningRate: 1,
  seed: 4,
  epochs: 8,
  patience: 8,
  folder: null,
  config: { model: "counting" },
};

Deno.test("without validation, training goes by its own loss", async () => {
  const { curve, best } = await fit(countingTrainer(), { ...options, validate: null });
  assert.ok(curve.every(({ metric }) => metric === null));
  const losses = curve.map(({ loss }) => loss);
  assert.deepEqual(best, { epoch: losses.indexOf(Math.min(...losses)), metric: null });
});

Deno.test("a training that is told to end keeps the step that it has done, and repeats none", async () => {
  const whole = await fit(countingTrainer(), options);
  for (let stopAfter = 1; stopAfter <= 8 * 3; stopAfter++) {
    await withTemporaryFolder(async (folder) => {
      let steps = 0;
      const step = () => void steps++;
      const again = { ...options, folder };
      // it is asked after a step, before that step is told of
      const isEnding = () => steps + 1 >= stopAfter;
      await assert.rejects(fit(countingTrainer(), { ...again, observer: { step, isEnding } }), {
        name: "TrainingEnded",
      });
      assert.equal(steps + 1, stopAfter);
      const resumed = await fit(countingTrainer(), { ...again, observer: { step } });
      assert.equal(steps + 1, 8 * 3);
      assert.deepEqual(resumed.parameters, whole.parameters);
      assert.deepEqual(
        resumed.curve.map(({ loss, metric }) => ({ loss, metric })),
        whole.curve.map(({ loss, metric }) => ({ loss, metric })),
      );
    });
  }
});

for (const checkpointMinutes of [0, Infinity]) {
  const where = checkpointMinutes === 0 ? "after every step" : "after every epoch";
  Deno.test(`every moment at which a run with checkpoints ${where} can be interrupted leads to the same end`, async () => {
    const whole = await fit(countingTrainer(), options);
    const measured = (curve: readonly EpochRecord[]) => curve.map(({ loss, parts }) => ({ loss, parts }));
    for (let stopAfter = 1; stopAfter <= 8 * 3; stopAfter++) {
      await withTemporaryFolder(async (folder) => {
        let steps = 0;
        const stop = new Error("stop");
        const step = () => {
          if (++steps === stopAfter) throw stop;
        };
        const again = { ...options, folder, checkpointMinutes };
        await assert.rejects(fit(countingTrainer(), { ...again, observer: { step } }), stop);
        const resumed = await fit(countingTrainer(), { ...again, observer: { step: () => steps++ } });
        assert.deepEqual(resumed.parameters, whole.parameters);
        assert.deepEqual(resumed.best, whole.best);
        assert.deepEqual(measured(resumed.curve), measured(whole.curve));
        // an epoch's last step is kept with the epoch's end only
        const lost = checkpointMinutes === 0 ? stopAfter % 3 === 0 ? 1 : 0 : (stopAfter - 1) % 3 + 1;
        assert.equal(steps, 8 * 3 + lost, `stopped after ${stopAfter} steps`);
      });
    }
  });
}

Deno.test("the epoch's loss is the mean over instances, not over batches", async () => {
  const trainer = countingTrainer();
  let losses: number[] = [];
  const step = trainer.step;
  trainer.step = async (...args) => {
    const result = await step(...args);
    losses.push(result.loss);
    return result;
  };
  const { curve } = await fit(trainer, {
    ...options,
    epochs: 1,
    observer: { epoch: (curve) => void assert.equal(curve.length, 1) },
  });
  losses = losses.map((loss, at) => loss * (at + 1));
  assert.equal(curve[0].loss, losses.reduce((sum, loss) => sum + loss) / 6);
  assert.equal(curve[0].instances, 6);
  assert.deepEqual(Object.keys(curve[0].parts), ["part"]);
});

Deno.test("a metric that is not a number stops the run and keeps the last checkpoint", () =>
  withTemporaryFolder(async (folder) => {
    let epoch = 0;
    const validate = () => Promise.resolve(epoch++ < 2 ? epoch : NaN);
    await assert.rejects(fit(countingTrainer(), { ...options, folder, validate }), EngineError);
    assert.equal((await loadCheckpoint(folder))?.state.epoch, 1);
  }));

Deno.test("a checkpoint of another configuration or shape is refused, differences named, and stays as it is", () =>
  withTemporaryFolder(async (folder) => {
    await fit(countingTrainer(), { ...options, epochs: 1, folder });
    const before = await loadCheckpoint(folder);
    await assert.rejects(
      fit(countingTrainer(), { ...options, folder, config: { model: "other", seed: 1 } }),
      {
        name: "CheckpointError",
        message: /model "other", seed 1, but found model "counting", seed undefined/,
      },
    );
    await assert.rejects(fit(countingTrainer(3), { ...options, folder }), {
      name: "CheckpointError",
      message: /parameters\/weight: saved \[2, 1\], expected \[3, 1\][^]*best\/weight/,
    });
    assert.deepEqual(await loadCheckpoint(folder), before);
  }));

/** Training whose metric after each epoch is given. */
const withMetrics = (metrics: number[], more: Partial<FitOptions>): FitOptions => {
  let epoch = 0;
  return { ...options, validate: () => Promise.resolve(metrics[epoch++]), ...more };
};

for (
  const [what, limits] of Object.entries({
    "fewer epochs": { epochs: 4 },
    "less patience": { patience: 2 },
  })
) {
  Deno.test(`a kept run that went on gives what training with ${what} gives`, () =>
    withTemporaryFolder(async (folder) => {
      const metrics = [1, 3, 2, 2, 2, 2];
      await fit(countingTrainer(), withMetrics(metrics, { epochs: 6, folder }));
      const asked = { epochs: 6, ...limits };
      const kept = await fit(countingTrainer(), withMetrics([], { ...asked, folder }));
      const fresh = await fit(countingTrainer(), withMetrics(metrics, asked));
      assert.deepEqual([kept.parameters, kept.best], [fresh.parameters, fresh.best]);
      assert.equal(kept.curve.length, 4);
      assert.deepEqual(kept.curve.map(({ loss }) => loss), fresh.curve.map(({ loss }) => loss));
      const prolonged = await fit(countingTrainer(), withMetrics([4], { epochs: 7, folder }));
      assert.deepEqual([prolonged.curve.length, prolonged.best.epoch], [7, 6]); // nothing was cut off
    }));
}

Deno.test("a kept run whose best epoch comes later than the limits is refused, not given for theirs", () =>
  withTemporaryFolder(async (folder) => {
    await fit(countingTrainer(), withMetrics([1, 2, 3], { epochs: 3, folder }));
    await assert.rejects(fit(countingTrainer(), withMetrics([], { epochs: 2, folder })), {
      name: "CheckpointError",
      message: /best epoch comes within 2 epochs/,
    });
  }));

Deno.test("a log that was cut does not go with its checkpoint", () =>
  withTemporaryFolder(async (folder) => {
    await fit(countingTrainer(), { ...options, epochs: 3, folder });
    const log = await Deno.readTextFile(`${folder}/log.jsonl`);
    await Deno.writeTextFile(`${folder}/log.jsonl`, log.slice(0, log.indexOf("\n") + 1));
    await assert.rejects(fit(countingTrainer(), { ...options, folder }), {
      name: "CheckpointError",
      message: /log\.jsonl: expected 3 epochs/,
    });
  }));
