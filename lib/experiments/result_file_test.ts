import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { findResult, saveResult } from "./result_file.ts";
import { resultOf } from "./test_helpers.ts";

const identity = { settings: { name: "SASRec", dataset: "Small", seed: 1 }, code: "0123456789abcdef" };
const otherCode = { ...identity, code: "fedcba9876543210" };
const result = resultOf("SASRec", 0.001, [2, -1]);
const size = { users: 40, items: 100 };
const own = { otherCode: false };
const any = { otherCode: true };

Deno.test("a result comes back as it was kept, and there is none before", () =>
  withTemporaryFolder(async (folder) => {
    const experiments = `${folder}/experiments`;
    assert.equal(await findResult(experiments, identity, size, any), null);
    await saveResult(experiments, identity, result);
    assert.deepEqual(await findResult(experiments, identity, size, own), result);
    const otherSettings = { ...identity, settings: { ...identity.settings, seed: 2 } };
    assert.equal(await findResult(experiments, otherSettings, size, any), null);
  }));

Deno.test("a result of other code is only taken where that will do, says so, and yields to one of this code", () =>
  withTemporaryFolder(async (folder) => {
    const [earlier, later] = [2, 3].map((rank) => resultOf("SASRec", 0.001, [rank, 0]));
    await saveResult(folder, otherCode, earlier);
    assert.equal(await findResult(folder, identity, size, own), null);
    assert.deepEqual(await findResult(folder, identity, size, any), { ...earlier, ofOtherCode: true });
    await saveResult(folder, identity, later);
    assert.deepEqual(await findResult(folder, identity, size, any), later);
    assert.deepEqual(await findResult(folder, otherCode, size, any), earlier);
  }));

Deno.test("a file that is not this experiment's whole result is refused, and stays as it is", () =>
  withTemporaryFolder(async (folder) => {
    await saveResult(folder, identity, result);
    const [{ name }] = await Array.fromAsync(Deno.readDir(folder));
    const path = `${folder}/${name}`;
    const text = await Deno.readTextFile(path);
    const { ranks, ...rest } = JSON.parse(text);
    const damaged = (change: object) => JSON.stringify({ ranks, ...rest, ...change });
    const faults: [string, RegExp][] = [
      [
        damaged({ settings: { ...rest.settings, seed: 2 } }),
        /settings: expected those that its name stands for/,
      ],
      [text.slice(0, -9), /expected JSON/],
      [JSON.stringify(rest), /ranks: expected a value, but found none/],
      ["null", /expected an object, but found null/],
      [
        damaged({ ranks: { ...ranks, test: [null, ...ranks.test.slice(1)] } }),
        /ranks\.test\[0\]: expected a whole/,
      ],
      [
        damaged({ ranks: { ...ranks, test: [-2, ...ranks.test.slice(1)] } }),
        /ranks\.test\[0\]: expected a whole/,
      ],
      [
        damaged({ ranks: { ...ranks, test: ranks.test.slice(1) } }),
        /ranks\.test: expected a rank for each of 40 users, but found 39/,
      ],
      [damaged({ curve: [{ epoch: 0 }] }), /curve\[0\]\.loss: expected a value/],
    ];
    for (const [content, message] of faults) {
      await Deno.writeTextFile(path, content);
      await assert.rejects(findResult(folder, identity, size, own), { name: "CheckpointError", message });
      assert.equal(await Deno.readTextFile(path), content);
    }
  }));
