import assert from "node:assert/strict";
import { withTemporaryFolder } from "./with_temporary_folder.ts";
import { loadCheckpoint } from "../lib/files/checkpoint.ts";
import { createGenerator, uniform } from "../lib/random.ts";

const writer = `${import.meta.dirname}/checkpoint_writer.ts`;

/** Starts the writer, kills it `delay` milliseconds after its first save, and returns the last step it announced. */
async function writeUntilKilled(folder: string, delay: number): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", `--allow-read=${folder}`, `--allow-write=${folder}`, writer, folder],
    stdout: "piped",
  }).spawn();
  let announced = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (announced === "") setTimeout(() => child.kill("SIGKILL"), delay);
    announced += text;
  }
  const { signal } = await child.status;
  assert.equal(signal, "SIGKILL");
  // a last line without its end may be cut off
  return Number(announced.slice(0, announced.lastIndexOf("\n")).split("\n").at(-1));
}

Deno.test("kill -9 at any moment leaves one whole checkpoint, the last one saved or the one after", () =>
  withTemporaryFolder(async (folder) => {
    const generator = createGenerator(2022);
    let before = 0;
    for (let round = 0; round < 10; round++) {
      const announced = await writeUntilKilled(folder, 40 * uniform(generator));
      const checkpoint = await loadCheckpoint(folder);
      assert.ok(checkpoint !== null);
      const { step } = checkpoint.state as { step: number };
      assert.ok(announced > before, "the writer went on where the last one was killed");
      assert.ok(step >= announced, `step ${announced} was saved, but the folder holds step ${step}`);
      const { parameters, moments } = checkpoint.tensors;
      for (const { values } of [parameters, moments]) assert.ok(values.every((value) => value === step));
      before = step;
    }
    const leftovers = Array.from(Deno.readDirSync(folder), ({ name }) => name).filter((name) =>
      name.endsWith(".tmp")
    );
    assert.ok(leftovers.length <= 1, `left behind: ${leftovers}`);
  }));
