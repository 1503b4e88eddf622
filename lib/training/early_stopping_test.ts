import assert from "node:assert/strict";
import fc from "fast-check";
import { isBestWithin, isExhausted, notYetTrained, observe, replayStopping } from "./early_stopping.ts";

const after = (metrics: number[]) =>
  metrics.reduce((stopping, metric, epoch) => observe(stopping, epoch, metric), notYetTrained);

Deno.test("the best is the first of the highest metrics, and epochs are counted since then", () => {
  const metrics = fc.array(fc.integer({ min: 0, max: 5 }).map((n) => n / 10), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(fc.property(metrics, (metrics) => {
    const metric = Math.max(...metrics);
    const epoch = metrics.indexOf(metric);
    assert.deepEqual(after(metrics), {
      best: { epoch, metric },
      epochsWithoutImprovement: metrics.length - 1 - epoch,
    });
  }));
});

Deno.test("training ends after as many epochs without improvement as there is patience, ties among them", () => {
  const almost = [0.3, ...new Array(9).fill(0.3)];
  assert.equal(isExhausted(after(almost), 10), false);
  assert.equal(isExhausted(after([...almost, 0.3]), 10), true);
  assert.equal(isExhausted(after([...almost, 0.31]), 10), false);
});

Deno.test("a metric of 0 in the first epoch is the best so far", () => {
  assert.deepEqual(after([0]).best, { epoch: 0, metric: 0 });
});

Deno.test("what is remembered survives JSON", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(after([0.1, 0.3, 0.2]))), after([0.1, 0.3, 0.2]));
});

Deno.test("a metric that is not finite is an error", () => {
  for (const metric of [NaN, Infinity, -Infinity]) {
    assert.throws(() => after([0.1, metric]), {
      name: "EngineError",
      message: new RegExp(`^validation metric of epoch 1: .*found ${metric}`),
    });
  }
});

Deno.test("a replay ends where training would have ended", () => {
  const limits = { epochs: 6, patience: 2 };
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 9 }), (metrics) => {
    let [stopping, epochs] = [notYetTrained, 0];
    for (const [epoch, metric] of metrics.entries()) {
      if (epoch === limits.epochs || isExhausted(stopping, limits.patience)) break;
      [stopping, epochs] = [observe(stopping, epoch, metric), epoch + 1];
    }
    assert.deepEqual(replayStopping(metrics, limits), { epochs, stopping });
    const best = after(metrics).best;
    assert.equal(isBestWithin(metrics, limits), best?.epoch === stopping.best?.epoch);
  }));
});
