// Saves checkpoints one after the other, from where the folder's last one stopped, until it is killed: see
// checkpoint_kill_test.ts. Each save is announced once it is complete.
import { loadCheckpoint, saveCheckpoint } from "../lib/files/checkpoint.ts";

const [folder] = Deno.args;
const size = 200_000;
const last = await loadCheckpoint(folder);
for (let step = Number(last?.state.step ?? 0) + 1;; step++) {
  const values = () => new Float32Array(size).fill(step);
  await saveCheckpoint(folder, {
    state: { step },
    tensors: {
      parameters: { shape: [size], values: values() },
      moments: { shape: [size], values: values() },
    },
  });
  console.log(step);
}
