import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { loadCheckpoint, matchParameters, saveCheckpoint } from "./checkpoint.ts";
import { writeSafetensors } from "./safetensors.ts";

const checkpointAt = (epoch: number) => ({
  state: { epoch, best: null, generator: [1, -2, 3, 4], config: { model: "SASRec", hiddenSize: 64 } },
  tensors: {
    "encoder.kernel": { shape: [2, 2], values: Float32Array.of(epoch, 1, 2, 3) },
    "best.encoder.kernel": { shape: [1], values: Float32Array.of(0.5) },
  },
});

Deno.test("a checkpoint comes back as it was saved, in place of the one before", () =>
  withTemporaryFolder(async (folder) => {
    const inside = `${folder}/runs/first`;
    await saveCheckpoint(inside, checkpointAt(1));
    await saveCheckpoint(inside, checkpointAt(2));
    assert.deepEqual(await loadCheckpoint(inside), checkpointAt(2));
  }));

Deno.test("a folder without a checkpoint, or no folder, gives null", () =>
  withTemporaryFolder(async (folder) => {
    assert.equal(await loadCheckpoint(folder), null);
    assert.equal(await loadCheckpoint(`${folder}/missing`), null);
  }));

Deno.test("a save removes what a killed save has left, and nothing else", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/checkpoint.safetensors.1234.tmp`, "half a che");
    await Deno.writeTextFile(`${folder}/notes.tmp`, "mine");
    await saveCheckpoint(folder, checkpointAt(1));
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    assert.deepEqual(names, ["checkpoint.safetensors", "notes.tmp"]);
  }));

Deno.test("a state with a number that JSON would lose is refused, and the old checkpoint stays", () =>
  withTemporaryFolder(async (folder) => {
    await saveCheckpoint(folder, checkpointAt(1));
    for (const best of [NaN, -Infinity]) {
      await assert.rejects(saveCheckpoint(folder, { state: { scores: { best } }, tensors: {} }), {
        name: "ParameterError",
        message: /^checkpoint state, best: expected a finite number/,
      });
    }
    assert.deepEqual(await loadCheckpoint(folder), checkpointAt(1));
  }));

Deno.test("a safetensors file that is no checkpoint is refused by name", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/checkpoint.safetensors`;
    const faults: [Record<string, string>, string][] = [
      [{}, ", state: expected a value, but found none"],
      [{ state: "{}", epoch: "1" }, ', epoch: expected no such field, but found "1"'],
      [{ state: "[1]" }, ' "state": expected an object, but found [1]'],
      [{ state: "null" }, ' "state": expected an object, but found null'],
      [{ state: "{" }, ' "state": expected JSON, but found "{"'],
    ];
    for (const [strings, message] of faults) {
      await writeSafetensors(path, {}, strings);
      await assert.rejects(loadCheckpoint(folder), (error: Error) => {
        assert.equal(error.name, "CheckpointError");
        assert.ok(error.message.startsWith(`${path}, metadata${message}`), error.message);
        return true;
      });
    }
  }));

Deno.test("parameters that all fit are accepted in any order", () => {
  const { tensors } = checkpointAt(1);
  matchParameters({ "best.encoder.kernel": [1], "encoder.kernel": [2, 2] }, tensors, "run");
});

Deno.test("one error names every missing, extra and differently shaped parameter", () => {
  const zeros = (...shape: number[]) => ({
    shape,
    values: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  });
  const saved = {
    "encoder.kernel": zeros(64, 64),
    "encoder.bias": zeros(64),
    "item_embedding": zeros(10, 64),
    "counts": { shape: [2], values: Int32Array.of(1, 2) },
  };
  const expected = {
    "encoder.kernel": [300, 300],
    "encoder.bias": [64],
    "adaptor.gate": [768, 8],
    "counts": [2],
  };
  assert.throws(() => matchParameters(expected, saved, "runs/a"), (error: Error) => {
    assert.equal(error.name, "CheckpointError");
    assert.match(error.message, /^runs\/a: expected what the model has, but found 4 that differ:/);
    assert.deepEqual(error.message.split("\n  ").slice(1).map((line) => line.split("\n")[0]), [
      "encoder.kernel: saved [64, 64], expected [300, 300]",
      "adaptor.gate: saved missing, expected [768, 8]",
      "counts: saved [2] of int32, expected [2]",
      "item_embedding: saved [10, 64], expected none",
    ]);
    return true;
  });
});
