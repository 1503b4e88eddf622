import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../../tests/small_domain.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { timePretraining } from "./pretraining_time.ts";

Deno.test("every part of a pre-training step has a time", async () => {
  const times = await timePretraining(
    createOnnxEngine({ threads: 1 }),
    { ...smallSizes, experts: 2 },
    [smallDomain()],
    { batchSize: 64, steps: 3 },
  );
  assert.equal(times.length, 4);
  for (const { part, milliseconds } of times) assert.ok(milliseconds >= 0 && milliseconds < 60_000, part);
  assert.ok(times[2].milliseconds > 0);
});
