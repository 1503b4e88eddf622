import assert from "node:assert/strict";
import { createGenerator, uniform } from "../lib/random.ts";
import { loadBert } from "../lib/text/encoder/encoder.ts";
import { encodeToFile } from "../lib/text/files/feature_file.ts";
import { manyTexts } from "./many_texts.ts";
import { drawWeights, tinyShape } from "./random_bert/weights.ts";
import { writeBertFolder } from "./random_bert/write_folder.ts";
import { withTemporaryFolder } from "./with_temporary_folder.ts";

const script = `${import.meta.dirname}/encoding_process.ts`;

/** Encodes in a process of its own, kills it once it has announced `done` texts, and tells whether it was killed. */
async function encodeUntil(done: number, model: string, path: string): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-P=test", script, model, path],
    cwd: `${import.meta.dirname}/..`,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let announced = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    announced += text;
    if (Number(announced.split("\n").at(-2)) >= done) {
      child.kill("SIGKILL");
      break;
    }
  }
  const { success, signal } = await child.status;
  assert.ok(success || signal === "SIGKILL");
  return !success;
}

Deno.test("encoding killed at any moment goes on to the same bytes as encoding that is left alone", () =>
  withTemporaryFolder(async (folder) => {
    const model = `${folder}/model`;
    await writeBertFolder(model, tinyShape, drawWeights(tinyShape, 1, 0.3));
    const encoder = await loadBert({ model });
    const texts = manyTexts();
    await encodeToFile(`${folder}/whole`, texts, encoder);
    const whole = await Deno.readFile(`${folder}/whole`);

    const generator = createGenerator(2022);
    let kills = 0;
    for (let round = 0; round < 10; round++) {
      const path = `${folder}/${round}`;
      if (await encodeUntil(texts.length * uniform(generator), model, path)) {
        kills++;
        await assert.rejects(Deno.stat(path), Deno.errors.NotFound, "a part is never taken for the whole");
        const { encoded } = await encodeToFile(path, texts, encoder);
        assert.ok(encoded < new Set(texts).size, "what was done before the kill is not done again");
      }
      assert.deepEqual(await Deno.readFile(path), whole);
    }
    assert.ok(kills >= 8, `only ${kills} of 10 were killed before their end`);
    await encoder.release();
  }));
