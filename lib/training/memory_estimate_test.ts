import assert from "node:assert/strict";
import { createSasRec } from "../systems/sasrec/model.ts";
import { checkMemory, estimateMemory } from "./memory_estimate.ts";
import { nextItemInputs } from "./next_item.ts";
import { trainableNames } from "./step.ts";

const shape = { rows: 20, length: 50, capacity: 64 };

function trainingOf(items: number, hiddenSize: number, frozen: string[] = []) {
  const model = createSasRec(items, { hiddenSize });
  return [model.parameters, trainableNames(model.parameters, frozen), nextItemInputs(model, shape)] as const;
}

Deno.test("the estimate stays below what a training was measured to take, and not far below", () => {
  // peaks over the start of the process, SASRec on ONNX Runtime's CPU engine, in bytes
  for (
    const [items, hiddenSize, measured] of [[200_000, 64, 1446e6], [400_000, 64, 2812e6], [
      5000,
      1200,
      1426e6,
    ]]
  ) {
    const estimate = estimateMemory(...trainingOf(items, hiddenSize));
    assert(estimate < measured && estimate > measured / 2, `${estimate} of ${measured}`);
  }
});

Deno.test("what is frozen takes less", () => {
  assert(estimateMemory(...trainingOf(100, 64, ["encoder."])) < estimateMemory(...trainingOf(100, 64)));
});

Deno.test("a training that fits is let pass, and one that does not is told what to lower", () => {
  const training = trainingOf(1000, 64);
  const needed = estimateMemory(...training);
  checkMemory(...training, needed);
  checkMemory(...training);
  assert.throws(() => checkMemory(...training, needed - 1), { name: "ParameterError" });
  assert.throws(() => checkMemory(...trainingOf(1000, 1e9)), {
    name: "ParameterError",
    message:
      /^memory of the training: expected at most [\d.]+ [MG]B, .* at least [\d.]+ EB needed; encoder\.layers\.0\.attention\.query\.kernel \[1000000000, 1000000000\] is the largest array\. Lower hiddenSize/,
  });
});
