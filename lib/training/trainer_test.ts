import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines } from "../../tests/compare_engines.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import { createTrainer, initialState, type TrainerOptions, type TrainingState } from "./trainer.ts";

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

const rowSpecs: ParameterSpecs = {
  table: { shape: [6, 2], initial: "normal", itemRows: 5 },
  scale: { shape: [2], initial: "ones" },
};
/** The sum of the known rows and of the row behind the items', each less 1, squared. */
const rowOptions: TrainerOptions = {
  loss: ({ table, scale }) => ({ loss: tf.sum(tf.square(tf.sub(tf.mul(table, scale), 1))) }),
  parameters: rowSpecs,
  inputs: { list: { shape: [2], type: "int32" } },
  known: "list",
};

for (const engine of Object.values(engines)) {
  Deno.test(`a step changes the rows of the items that it knows, and those behind, on ${engine.name}`, async () => {
    const given = { table: new Float32Array(12).map((_, at) => at), scale: Float32Array.of(1, 1) };
    const trainer = await createTrainer(engine, rowOptions, initialState(rowSpecs, structuredClone(given)));
    const list = Int32Array.of(3, 1);
    await trainer.step({ list }, 0.1, createGenerator(1));
    const { parameters, first, second } = await trainer.readState();
    const rows = (values: ArrayLike<number>) => [0, 1, 2, 3, 4, 5].filter((row) => values[2 * row + 1] !== 0);
    const changed = [0, 1, 2, 3, 4, 5].filter((row) =>
      parameters.table[2 * row + 1] !== given.table[2 * row + 1]
    );
    assert.deepEqual(changed, [1, 3, 5]);
    assert.deepEqual([rows(first.table), rows(second.table)], [[1, 3, 5], [1, 3, 5]]);
    // Adam's first step is as long as the learning rate, against the gradient's sign: the rows are where they belong
    assert.ok(Math.abs(parameters.table[7] - (7 - 0.1)) < 1e-5);
    assert.ok(Math.abs(parameters.table[11] - (11 - 0.1)) < 1e-5);

    const before = await trainer.readState();
    await trainer.step({ list: Int32Array.of(0, 4) }, 0.1, createGenerator(1));
    const after = await trainer.readState();
    for (const row of [1, 2, 3]) {
      assert.equal(after.parameters.table[2 * row], before.parameters.table[2 * row]);
      assert.equal(after.first.table[2 * row], before.first.table[2 * row]);
    }
    assert.notEqual(after.parameters.table[1], before.parameters.table[1]);
    await trainer.release();
  });

  Deno.test(`with all items known, in any order, a step is the usual one on ${engine.name}`, async () => {
    const given = { table: new Float32Array(12).map((_, at) => at / 3), scale: Float32Array.of(1, 2) };
    const { known: _, ...usual } = {
      ...rowOptions,
      inputs: { list: { shape: [5], type: "int32" } as const },
    };
    const states: TrainingState[] = [];
    for (const options of [usual, { ...usual, known: "list" }]) {
      const trainer = await createTrainer(engine, options, initialState(rowSpecs, structuredClone(given)));
      for (const list of [[0, 1, 2, 3, 4], [4, 2, 0, 1, 3], [1, 0, 4, 3, 2]]) {
        await trainer.step({ list: Int32Array.from(list) }, 0.1, createGenerator(1));
      }
      states.push(await trainer.readState());
      await trainer.release();
    }
    for (const name of ["table", "scale"]) {
      states[0].parameters[name].forEach((value, at) =>
        assert.ok(Math.abs(value - states[1].parameters[name][at]) < 1e-6)
      );
    }
  });

  Deno.test(`the arrays that a training starts from stay as they are on ${engine.name}`, async () => {
    const given = { table: new Float32Array(12).fill(3), scale: Float32Array.of(1, 1) };
    const trainer = await createTrainer(engine, rowOptions, initialState(rowSpecs, given));
    await trainer.step({ list: Int32Array.of(3, 1) }, 0.1, createGenerator(1));
    const state = await trainer.readState();
    const kept = structuredClone(state);
    await trainer.restore(state);
    await trainer.step({ list: Int32Array.of(3, 1) }, 0.1, createGenerator(1));
    assert.deepEqual(given.table, new Float32Array(12).fill(3));
    assert.deepEqual(state, kept);
    await trainer.release();
  });

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
