import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { loadResult, saveResult } from "./result_file.ts";
import { resultOf } from "./test_helpers.ts";

const config = { model: "SASRec", seed: 1 };
const result = resultOf("SASRec", 0.001, [2, -1]);

Deno.test("a result comes back as it was kept, and there is none before", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/experiments/sasrec.json`;
    assert.equal(await loadResult(path, config), null);
    await saveResult(path, config, result);
    assert.deepEqual(await loadResult(path, config), result);
  }));

Deno.test("a file that is not this experiment's whole result is refused, and stays as it is", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/sasrec.json`;
    await saveResult(path, config, result);
    const text = await Deno.readTextFile(path);
    const { ranks: _, ...rest } = JSON.parse(text);
    const faults: [string, typeof config, RegExp][] = [
      [text, { ...config, seed: 2 }, /found another configuration/],
      [text.slice(0, -9), config, /found no JSON/],
      [JSON.stringify(rest), config, /found an incomplete result/],
      ["null", config, /found another configuration/],
    ];
    for (const [content, asked, message] of faults) {
      await Deno.writeTextFile(path, content);
      await assert.rejects(loadResult(path, asked), { name: "CheckpointError", message });
      assert.equal(await Deno.readTextFile(path), content);
    }
  }));
