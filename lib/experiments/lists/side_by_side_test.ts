import assert from "node:assert/strict";
import fc from "fast-check";
import { doSideBySide, fitsAtOnce } from "./side_by_side.ts";

/** Trainings of which each waits for some before it. */
const trainingLists = fc.array(
  fc.record({
    memory: fc.integer({ min: 1, max: 10 }),
    before: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
    fails: fc.boolean(),
    delay: fc.nat({ max: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
).map((list) =>
  list.map(({ before, ...own }, at) => ({
    ...own,
    what: `training ${at + 1}`,
    after: at === 0 ? [] : [...new Set(before.map((number) => number % at + 1))],
  }))
);

Deno.test("each is done once, after those that it waits for, within jobs and memory; a failure takes along only those", async () => {
  await fc.assert(fc.asyncProperty(
    trainingLists,
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 20 }),
    async (trainings, jobs, memory) => {
      const running = new Set<number>();
      const done = new Set<number>();
      const begun: number[] = [];
      const outcomes = await doSideBySide(trainings, trainings.map((_, at) => at + 1), {
        jobs,
        memory,
        async train(number) {
          const { after, delay, fails } = trainings[number - 1];
          begun.push(number);
          running.add(number);
          assert.ok(after.every((before) => done.has(before)));
          assert.ok(running.size <= jobs);
          const taken = [...running].reduce((sum, own) => sum + trainings[own - 1].memory, 0);
          assert.ok(running.size === 1 || taken <= memory);
          for (let turn = 0; turn < delay; turn++) await Promise.resolve();
          running.delete(number);
          if (fails) throw new Error(`${number} fails`);
          done.add(number);
        },
      });
      assert.equal(new Set(begun).size, begun.length);
      const isLost = (number: number): boolean => {
        const { after, fails } = trainings[number - 1];
        return fails || after.some(isLost);
      };
      for (const [at] of trainings.entries()) {
        assert.equal(outcomes.get(at + 1)!.error !== null, isLost(at + 1));
      }
    },
  ));
});

Deno.test("a training that was not begun says for which other", async () => {
  const trainings = [{ what: "A", after: [], memory: 1 }, { what: "B", after: [1], memory: 1 }];
  const outcomes = await doSideBySide(trainings, [1, 2], {
    jobs: 2,
    memory: 9,
    train: () => Promise.reject(new Error("no")),
  });
  assert.deepEqual([...outcomes.values()].map(({ error }) => error), ["no", "not begun, as A failed"]);
});

Deno.test("what is done already is not waited for", async () => {
  const trainings = [{ what: "A", after: [], memory: 1 }, { what: "B", after: [1], memory: 1 }];
  const outcomes = await doSideBySide(trainings, [2], { jobs: 1, memory: 9, train: () => Promise.resolve() });
  assert.deepEqual([...outcomes.keys()], [2]);
});

Deno.test("as many of the largest fit at once as memory holds, and one in any case", () => {
  assert.equal(fitsAtOnce([1, 3, 2], 2, 5), 2);
  assert.equal(fitsAtOnce([1, 3, 2], 2, 4), 1);
  assert.equal(fitsAtOnce([1, 3, 2], 3, 6), 3);
  assert.equal(fitsAtOnce([8], 3, 6), 1);
});
