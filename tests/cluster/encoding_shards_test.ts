import assert from "node:assert/strict";
import { loadBert } from "../../lib/text/encoder/encoder.ts";
import { encodeToFile } from "../../lib/text/files/feature_file.ts";
import { manyTexts } from "../many_texts.ts";
import { drawWeights, tinyShape } from "../random_bert/weights.ts";
import { writeBertFolder } from "../random_bert/write_folder.ts";
import { withTemporaryFolder } from "../with_temporary_folder.ts";

const script = `${import.meta.dirname}/encoding_shard_process.ts`;

/** Encodes a share in a process of its own, and returns how many texts that were. */
async function encodeApart(model: string, path: string, number: number, of: number): Promise<number> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-P=test", script, model, path, String(number), String(of)],
    cwd: `${import.meta.dirname}/../..`,
    stderr: "null",
  }).output();
  assert.ok(success);
  return Number(new TextDecoder().decode(stdout));
}

Deno.test("texts that three processes encode at once make the file that one process makes", () =>
  withTemporaryFolder(async (folder) => {
    const model = `${folder}/model`;
    await writeBertFolder(model, tinyShape, drawWeights(tinyShape, 1, 0.3));
    const texts = manyTexts();
    const apart = await Promise.all(
      [1, 2, 3].map((number) => encodeApart(model, `${folder}/apart`, number, 3)),
    );
    assert.equal(apart.reduce((sum, encoded) => sum + encoded, 0), new Set(texts).size);
    assert.ok(apart.every((encoded) => encoded > 0.2 * texts.length));
    const encoder = await loadBert({ model });
    try {
      assert.equal((await encodeToFile(`${folder}/apart`, texts, encoder)).encoded, 0);
      await encodeToFile(`${folder}/whole`, texts, encoder);
    } finally {
      await encoder.release();
    }
    assert.deepEqual(await Deno.readFile(`${folder}/apart`), await Deno.readFile(`${folder}/whole`));
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assert.deepEqual(
      names,
      ["apart", "apart.json", "model", "whole", "whole.json"],
      "nothing is left behind",
    );
  }));
