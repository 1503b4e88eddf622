import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { withBackend } from "./with_backend.ts";

// the same kernels under two more names
for (const name of ["first", "second"]) {
  tf.registerBackend(name, () => tf.findBackend("cpu"));
  tf.copyRegisteredKernels("cpu", name);
}

Deno.test("a function runs on its back-end, and the former one is selected again", async () => {
  await tf.setBackend("cpu");
  assert.equal(await withBackend("first", () => tf.getBackend()), "first");
  assert.equal(tf.getBackend(), "cpu");
});

Deno.test("the former back-end is selected again after an error", async () => {
  await tf.setBackend("cpu");
  await assert.rejects(
    withBackend("first", () => {
      throw new RangeError("in between");
    }),
    { message: "in between" },
  );
  assert.equal(tf.getBackend(), "cpu");
});

Deno.test("functions that are started side by side each run on their own back-end", async () => {
  await tf.setBackend("cpu");
  const names = ["first", "second", "cpu", "second", "first"];
  const found = await Promise.all(names.map((name) => withBackend(name, () => tf.getBackend())));
  assert.deepEqual(found, names);
  assert.equal(tf.getBackend(), "cpu");
});

Deno.test("a back-end that takes its time to start is waited for", async () => {
  tf.registerBackend("slow", () => Promise.resolve(tf.findBackend("cpu")));
  tf.copyRegisteredKernels("cpu", "slow");
  await tf.setBackend("cpu");
  const found = await withBackend("slow", () => [tf.getBackend(), tf.add(1, 2).dataSync()[0]]);
  assert.deepEqual(found, ["slow", 3]);
  assert.equal(tf.getBackend(), "cpu");
});
