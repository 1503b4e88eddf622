import assert from "node:assert/strict";
import { notYetTrained, observe } from "../../training/early_stopping.ts";
import { describeFit } from "./describe_fit.ts";

Deno.test("a training is described by epoch, loss, best metric, speed, and the time to where patience ends", () => {
  const said: string[] = [];
  let seconds = 0;
  const { step, epoch } = describeFit(
    { epochs: 10, patience: 2 },
    (text) => said.push(text),
    () => seconds * 1000,
  );
  const at = (epoch: number, instances: number) =>
    step!({ epoch, batch: 1, loss: 4, instances, epochInstances: 300 });
  at(3, 100); // where it goes on
  seconds = 2;
  at(3, 300);
  const curve = [0.05, 0.07, 0.06, 0.08].map((metric, epoch) => ({
    epoch,
    loss: 4,
    parts: {},
    metric,
    instances: 300,
    seconds: 1,
    validationSeconds: 0,
  }));
  const stopping = curve.reduce((state, { epoch, metric }) => observe(state, epoch, metric), notYetTrained);
  epoch!(curve, stopping);
  seconds = 3;
  at(4, 100);
  assert.deepEqual(said, [
    "epoch 3, loss 4.000",
    "epoch 3, loss 4.000, 100 instances/s, 3.0 s left",
    "epoch 4, loss 4.000, best NDCG@10 0.0800 after epoch 3, 100 instances/s, 5.0 s left",
  ]);
});
