import assert from "node:assert/strict";
import { fingerprintComputation } from "../lib/engine/fingerprint.ts";
import { isNeural } from "../lib/systems/neural/neural_system.ts";
import { systems } from "../lib/systems/registry.ts";
import { nextItemInputs, nextItemLoss } from "../lib/training/next_item.ts";
import { stepInputs, trainingStep } from "../lib/training/step.ts";

/**
 * What training steps computed when the results in `figures` came about. A kept result of another code is shown as such,
 * and its unfinished run begins anew: change a number here only where that is meant.
 */
const kept: Record<string, string> = {
  "SASRec": "e1c14c801fabba41",
  "BERT4Rec": "9b3925d904497e1b",
  "FDSA": "0688e8f64b93a9a9",
  "S3-Rec": "e1c14c801fabba41",
  "CCDR": "e1c14c801fabba41",
  "RecGURU": "e1c14c801fabba41",
  "ZESRec": "0a279b27459ec6ef",
  "UniSRec t": "21404b94c2d3f409",
  "UniSRec t+ID": "9f467faea05a4084",
  "FPMC": "69dd25a9f7bb204e",
  "GRU4Rec": "4e69759f7dc835f8",
  "Caser": "e29ca7ac8aa64361",
};

Deno.test("the training steps that results were kept of are recorded as they were, operator by operator", async () => {
  const found: Record<string, string> = {};
  const rows = 4385; // Scientific's items
  const features = { values: new Float32Array(), rows, width: 768 };
  const itemIds = Array.from({ length: rows }, String);
  for (const system of systems.filter(isNeural)) {
    const model = system.createModel({ itemIds, features }, { hiddenSize: 300 });
    const names = Object.keys(model.parameters);
    found[system.name] = await fingerprintComputation(
      trainingStep(nextItemLoss(model), model.parameters, names),
      stepInputs(model.parameters, names, nextItemInputs(model, { rows: 60, length: 50, capacity: 2048 })),
    );
  }
  assert.deepEqual(found, kept);
});
