// Trains on Scientific and prints each epoch's instances per second, as a line of JSON:
//   UNISREC_DATA=… deno run -P=test tests/bench/train_epochs.ts sasrec|ind|trans HIDDEN_SIZE EPOCHS
import { loadScientific, modelFor, startTraining } from "./scientific.ts";

const [kind, hiddenSize, epochs] = Deno.args;
const domain = await loadScientific();
if (!domain) Deno.exit(1);
const training = await startTraining(domain, modelFor(domain, kind, Number(hiddenSize)));
for (let epoch = 0; epoch < Number(epochs); epoch++) {
  const start = performance.now();
  let [instances, loss] = [0, 0];
  for (const batch of training.shuffledBatches()) {
    loss += await training.step(batch) * batch.instances;
    instances += batch.instances;
  }
  const seconds = (performance.now() - start) / 1000;
  const megabytes = Math.round(Deno.memoryUsage().rss / 1e6);
  console.log(
    JSON.stringify({ epoch, instancesPerSecond: instances / seconds, loss: loss / instances, megabytes }),
  );
}
