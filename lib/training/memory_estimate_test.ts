import assert from "node:assert/strict";
import { packSequences } from "../data/domain.ts";
import { createSasRec } from "../systems/sasrec/model.ts";
import { checkMemory, estimateMemory } from "./memory_estimate.ts";
import { nextItemInputs } from "./next_item.ts";
import { nextItemObjective } from "./next_item_objective.ts";
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

Deno.test("a table of which a step changes some rows takes less, scores take more", () => {
  const training = trainingOf(200_000, 64);
  const usual = estimateMemory(...training);
  assert(estimateMemory(...training, { known: "known/items" }) < usual / 2);
  assert.equal(estimateMemory(...training, { scores: 1000 }), usual + 8000);
});

Deno.test("objectives say how many scores are there at once: at most 2²⁶, of known items those with them", () => {
  const items = 100_000;
  const domain = { name: "Made", sequences: packSequences([[0, 1, 2, 3, 4]]), features: null };
  const settings = { batchSize: 2048, instances: "sequence" as const };
  const model = createSasRec(items, { hiddenSize: 4 });
  assert.equal(nextItemObjective(model, domain, settings).scores, 671 * items);
  const negatives = { by: "uniform", count: 100 } as const;
  assert.equal(nextItemObjective(model, domain, { ...settings, negatives }).scores, 2048 * 103);
});

Deno.test("a training that fits is let pass, and one that does not is told what to lower", () => {
  const training = trainingOf(1000, 64);
  const needed = estimateMemory(...training);
  checkMemory(...training, {}, needed);
  checkMemory(...training);
  assert.throws(() => checkMemory(...training, {}, needed - 1), { name: "ParameterError" });
  assert.throws(() => checkMemory(...trainingOf(1000, 1e9)), {
    name: "ParameterError",
    message:
      /^memory of the training: expected at most [\d.]+ [MG]B, .* at least [\d.]+ EB needed; encoder\.layers\.0\.attention\.query\.kernel \[1000000000, 1000000000\] is the largest array\. Lower hiddenSize/,
  });
});
