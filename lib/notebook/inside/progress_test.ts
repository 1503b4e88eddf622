import assert from "node:assert/strict";
import { startProgress } from "./progress.ts";

const work = { title: "Training", total: 10, unit: "batches" };

Deno.test("progress is shown at most once an interval, and the end always", async () => {
  const lines: string[] = [];
  let time = 0;
  const output = {
    interval: () => 250,
    show: (line: string, fraction: number) => void lines.push(`${fraction} ${line}`),
    end: (line: string) => void lines.push(line),
  };
  const progress = startProgress(work, output, () => time);
  for (let done = 1; done <= 10; done++) {
    time += 100;
    progress.update(done, `loss ${done}`);
  }
  await progress.done("loss 10");
  assert.deepEqual(lines, [
    "0.1 Training: 1 of 10 batches · 10 batches/s · 0.9 s left · loss 1",
    "0.4 Training: 4 of 10 batches · 10 batches/s · 0.6 s left · loss 4",
    "0.7 Training: 7 of 10 batches · 10 batches/s · 0.3 s left · loss 7",
    "1 Training: 10 of 10 batches · 10 batches/s · loss 10",
    "Training: loss 10 (1.0 s)",
  ]);
});

Deno.test("the end waits until it has been shown", async () => {
  let shown = false;
  const output = {
    interval: () => 0,
    show: () => {},
    end: () => new Promise<void>((resolve) => setTimeout(() => (shown = true, resolve()), 1)),
  };
  await startProgress(work, output, () => 0).done("ready");
  assert.ok(shown);
});
