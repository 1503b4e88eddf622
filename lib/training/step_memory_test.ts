import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { estimateIdleMemory, estimateProcessMemory } from "./step_memory.ts";

/** Estimates for a layer of so many numbers to as many, on a batch. */
function estimate(size: number, batch: number, frozen: string[] = []): Promise<number> {
  return estimateProcessMemory({
    parameters: {
      kernel: { shape: [size, size], initial: "normal" },
      bias: { shape: [size], initial: "zeros" },
    },
    inputs: { x: { shape: [batch, size], type: "float32" } },
    loss: ({ kernel, bias }, { x }) => ({
      loss: tf.mean(tf.square(tf.add(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D), bias))),
    }),
    frozen,
  }, 0);
}

Deno.test("what a training takes grows with its parameters and its batch, and data come on top", async () => {
  const [size, batch] = [1000, 500];
  const whole = await estimate(size, batch);
  // the kernel, Adam's two sums, their successors and the gradient
  assert.ok(whole - estimateIdleMemory(0) > 6 * size * size * 4);
  assert.ok(await estimate(size, batch, ["kernel"]) < whole - 4 * size * size * 4);
  // the batch, what the layer makes of it, and its gradient
  assert.ok(await estimate(size, 10 * batch) - whole > 2 * 9 * batch * size * 4);
  assert.equal(estimateIdleMemory(1e9) - estimateIdleMemory(0), 2e9);
});

Deno.test("of a table with a row for each item, a step that knows some items takes their rows alone", async () => {
  const [items, known, width] = [100_000, 100, 32];
  const table = { shape: [items, width], initial: "normal", itemRows: items } as const;
  const inputs = { list: { shape: [known], type: "int32" } } as const;
  const loss = ({ table }: Record<string, tf.Tensor>) => ({ loss: tf.mean(tf.square(table)) });
  const all = await estimateProcessMemory({ parameters: { table }, inputs, loss }, 0);
  const some = await estimateProcessMemory({ parameters: { table }, inputs, loss, known: "list" }, 0);
  // the table and Adam's two sums stay, their successors and the gradient are of the rows
  assert.ok(all - some > 3 * items * width * 4);
});
