import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines } from "../../tests/compare_engines.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import { createTrainer, initialState, type TrainerOptions } from "./trainer.ts";

const specs: ParameterSpecs = {
  position: { shape: [3], initial: "normal" },
  anchor: { shape: [3], initial: "normal" },
};

/** The squared distance of `position`, with noise, from `anchor` plus the batch's `goal`. */
const options: TrainerOptions = {
  loss: ({ position, anchor }, { goal }, noise) => {
    const moved = tf.add(position, tf.mul(noise.normal([3]), 0.01));
    const distance = tf.sum(tf.square(tf.sub(moved, tf.add(anchor, goal))));
    return { loss: distance, half: tf.mul(distance, 0.5) };
  },
  parameters: specs,
  frozen: ["anchor"],
  inputs: { goal: { shape: [3], type: "float32" } },
};

const goal = Float32Array.of(1, -1, 0.5);
const start = () =>
  initialState(specs, { position: new Float32Array(3), anchor: Float32Array.of(1, 1, 1) }, options.frozen);

for (const engine of Object.values(engines)) {
  Deno.test(`steps lower the loss, count up, and leave frozen parameters alone on ${engine.name}`, async () => {
    const trainer = await createTrainer(engine, options, start());
    const generator = createGenerator(1);
    const losses: number[] = [];
    for (let step = 0; step < 200; step++) {
      const { loss, half } = await trainer.step({ goal }, 0.05, generator);
      assert.ok(Math.abs(half - loss / 2) < 1e-6 * loss);
      losses.push(loss);
    }
    const state = await trainer.readState();
    assert.equal(state.step, 200);
    assert.ok(losses.at(-1)! < losses[0] / 1000, `from ${losses[0]} to ${losses.at(-1)}`);
    assert.deepEqual(state.parameters.anchor, Float32Array.of(1, 1, 1));
    assert.deepEqual(Object.keys(state.first), ["position"]);
    await trainer.release();
  });

  Deno.test(`a restored state goes on with the same bits on ${engine.name}`, async () => {
    const trainer = await createTrainer(engine, options, start());
    const generator = createGenerator(2);
    for (let step = 0; step < 5; step++) await trainer.step({ goal }, 0.05, generator);
    const state = await trainer.readState();
    const goOn = async (from: typeof trainer) => {
      const random = createGenerator(7);
      for (let step = 0; step < 5; step++) await from.step({ goal }, 0.05, random);
      return await from.readState();
    };
    const expected = await goOn(trainer);
    await trainer.restore(state);
    assert.deepEqual(await goOn(trainer), expected);
    const other = await createTrainer(engine, options, start());
    await other.restore(state);
    assert.deepEqual(await goOn(other), expected);
    await trainer.release();
    await other.release();
  });

  Deno.test(`a loss that is not finite is named with its step, and the state stays on ${engine.name}`, async () => {
    const trainer = await createTrainer(engine, options, start());
    const generator = createGenerator(3);
    await trainer.step({ goal }, 0.05, generator);
    const before = await trainer.readState();
    for (const bad of [NaN, Infinity]) {
      await assert.rejects(trainer.step({ goal: goal.map(() => bad) }, 0.05, generator), {
        name: "EngineError",
        message:
          /^half at step 2: expected a finite number, but found (NaN|Infinity), and goal is not finite either/,
      });
      assert.deepEqual(await trainer.readState(), before);
    }
    assert.ok((await trainer.step({ goal }, 0.05, generator)).loss > 0);
    assert.equal((await trainer.readState()).step, 2);
    await trainer.release();
  });
}
