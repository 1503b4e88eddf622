// Trains a small model with its runs in the folder given: the process that resume_kill_test.ts kills.
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import { trainModel } from "../lib/systems/neural/train_model.ts";
import { createUniSRec } from "../lib/systems/unisrec/model.ts";
import { smallDomain, smallSizes } from "./small_domain.ts";

const [runs] = Deno.args;
const domain = smallDomain();
const model = createUniSRec(domain.itemIds.length, {
  ...smallSizes,
  featureSize: domain.features!.width,
  experts: 2,
  setting: "transductive",
});
console.log("started");
await trainModel(createOnnxEngine({ threads: 1 }), model, domain, {
  runs,
  batchSize: 32,
  epochs: 25,
  patience: 25,
  seed: 3,
});
