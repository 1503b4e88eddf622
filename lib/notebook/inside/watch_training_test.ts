import assert from "node:assert/strict";
import { notYetTrained, observe } from "../../training/early_stopping.ts";
import type { EpochRecord } from "../../training/fit.ts";
import { watchTraining } from "./watch_training.ts";

const curve: EpochRecord[] = [0.05, 0.07, 0.06].map((metric, epoch) => ({
  epoch,
  loss: 6 - epoch,
  parts: {},
  metric,
  instances: 300,
  seconds: 2,
  validationSeconds: 1,
}));

/** Tells a watch of a whole training, as `fit` does. */
async function train(watch: ReturnType<typeof watchTraining>, model: string, patience: number) {
  const { step, epoch } = watch.observe(model, { epochs: 10, patience });
  let stopping = notYetTrained;
  for (const [at, { metric, loss, instances }] of curve.entries()) {
    step?.({ epoch: at, batch: 1, loss, instances, epochInstances: instances });
    await epoch?.(curve.slice(0, at + 1), stopping = observe(stopping, at, metric!));
  }
}

/** Calls a function with the output going neither to a terminal nor to the console, and returns the lines. */
async function linesOf(work: () => Promise<void>): Promise<string[]> {
  const { log } = console;
  const { isTerminal } = Deno.stdout;
  const lines: string[] = [];
  console.log = (line: string) => void lines.push(line);
  Deno.stdout.isTerminal = () => false;
  try {
    await work();
  } finally {
    console.log = log;
    Deno.stdout.isTerminal = isTerminal;
  }
  return lines;
}

Deno.test("outside a notebook a training prints how it comes on, and in the end its best epoch", async () => {
  const watch = watchTraining();
  const lines = await linesOf(() => train(watch, "SASRec", 1));
  assert.match(lines[0], /^SASRec: 300 of 300 instances .*epoch 0, loss 6\.000$/);
  assert.match(
    lines.at(-1)!,
    /^SASRec: 3 epochs, best NDCG@10 0\.0700 after epoch 1, 150 instances\/s in training \(/,
  );
  assert.deepEqual(watch.curves, { SASRec: curve });
});

Deno.test("a training that is not over yet prints no end", async () => {
  const lines = await linesOf(() => train(watchTraining(), "SASRec", 2));
  assert.ok(lines.every((line) => !line.includes("3 epochs")));
});

Deno.test("a training that was found is said to be so, and one that goes on, from where", async () => {
  const best = { best: { epoch: 1, metric: 0.07 }, epochsWithoutImprovement: 1 };
  const watch = watchTraining();
  const found = await linesOf(async () => {
    await watch.observe("SASRec", { epochs: 10, patience: 1 }).epoch?.(curve, best);
  });
  assert.match(
    found.join(),
    /^SASRec: found, not trained again: 3 epochs, best NDCG@10 0\.0700 after epoch 1/,
  );
  const goesOn = await linesOf(async () => {
    await watch.observe("SASRec", { epochs: 10, patience: 3 }).epoch?.(curve, best);
  });
  assert.deepEqual(goesOn, ["SASRec: goes on after 3 epochs, best NDCG@10 0.0700 after epoch 1"]);
});

Deno.test("in a notebook pre-training and training on the target have a figure each", async () => {
  const figures = new Map<string, string>();
  const broadcast = (
    _type: string,
    { data, transient }: { data: Record<string, string>; transient: { display_id: string } },
  ) => {
    if (data["text/html"].startsWith("<svg")) figures.set(transient.display_id, data["text/html"]);
    return Promise.resolve();
  };
  Object.assign(Deno, { jupyter: { broadcast } });
  try {
    const watch = watchTraining();
    for (const model of ["Pre-training S3-Rec", "S3-Rec", "Pre-training CCDR", "CCDR"]) {
      await train(watch, model, 1);
    }
  } finally {
    Object.assign(Deno, { jupyter: undefined });
  }
  const named = [...figures.values()].map((svg) => svg.match(/(?<=>)[^<>]*(S3-Rec|CCDR)(?=<)/g));
  assert.deepEqual(named, [["Pre-training S3-Rec", "Pre-training CCDR"], ["S3-Rec", "CCDR"]]);
});
