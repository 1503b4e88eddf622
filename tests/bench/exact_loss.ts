// What a step with the exact loss takes on a catalogue of random numbers, and the most memory that its process held:
//   npx -y deno@2.9.6 run -P=test tests/bench/exact_loss.ts [items] [hidden size] [steps] [sasrec|ind|trans]
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { rowsAtOnce } from "../../lib/nn/losses/item_cross_entropy.ts";
import { startSyntheticTraining } from "../synthetic_training.ts";
import { peakMemory, take } from "./catalogue.ts";
import { modelFor } from "./scientific.ts";

const [items = "300000", hiddenSize = "64", steps = "4", kind = "sasrec"] = Deno.args;
const capacity = 2048;
const model = modelFor({ itemIds: { length: Number(items) } }, kind, Number(hiddenSize));
const training = await startSyntheticTraining(createOnnxEngine(), model, { rows: 60, length: 50, capacity });
console.log(
  `${model.name} ${hiddenSize}, ${items} items: ${rowsAtOnce(capacity, model.items)} of ${capacity} at once`,
);
for (let step = 1; step <= Number(steps); step++) {
  let loss = 0;
  const { seconds, processor } = await take(async () => loss = await training.step());
  console.log(
    `step ${step}: loss ${loss.toFixed(4)}, ${seconds.toFixed(1)} s, ${
      processor.toFixed(1)
    } of processors, ` +
      `peak memory ${peakMemory().toFixed(2)} GiB`,
  );
}
await training.trainer.release();
