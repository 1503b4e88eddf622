import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import * as v from "valibot";
import { exactly, finiteNumber, wholeNumber } from "../schema.ts";
import * as log from "./run_log.ts";

const { appendToLog } = log;
const schema = exactly({ epoch: wholeNumber(), loss: v.exactOptional(finiteNumber) });
const readLog = (path: string) => log.readLog(path, schema);
const resumeLog = (path: string, epoch: number) => log.resumeLog(path, epoch, schema);

const withLog = (test: (path: string) => Promise<void>) =>
  withTemporaryFolder((folder) => test(`${folder}/log.jsonl`));

const epochs = (count: number) =>
  Array.from({ length: count }, (_, epoch) => ({ epoch, loss: 8 - epoch / 4 }));

Deno.test("records are read in the order in which they were appended", () =>
  withLog(async (path) => {
    assert.deepEqual(await readLog(path), []);
    for (const record of epochs(3)) await appendToLog(path, record);
    assert.deepEqual(await readLog(path), epochs(3));
  }));

Deno.test("a resumed run drops what came after the checkpoint and a torn last line, and writes on", () =>
  withLog(async (path) => {
    for (const record of epochs(5)) await appendToLog(path, record);
    await Deno.writeTextFile(path, '{"epoch":5,"lo', { append: true });
    assert.deepEqual(await readLog(path), epochs(5));

    assert.deepEqual(await resumeLog(path, 2), epochs(3));
    await appendToLog(path, { epoch: 3, loss: 1 });
    const text = await Deno.readTextFile(path);
    assert.deepEqual(text.split("\n").length, 5);
    assert.deepEqual(await readLog(path), [...epochs(3), { epoch: 3, loss: 1 }]);
  }));

Deno.test("a torn line is not glued to the next record, even if it was all but complete", () =>
  withLog(async (path) => {
    await Deno.writeTextFile(path, '{"epoch":0}\n{"epoch":1}');
    assert.deepEqual(await resumeLog(path, 1), [{ epoch: 0 }]);
    await appendToLog(path, { epoch: 1 });
    assert.equal(await Deno.readTextFile(path), '{"epoch":0}\n{"epoch":1}\n');
  }));

Deno.test("a number that JSON would lose is refused, and nothing is written", () =>
  withLog(async (path) => {
    await assert.rejects(appendToLog(path, { epoch: 0, loss: NaN }), {
      name: "ParameterError",
      message: /log\.jsonl, loss: expected a finite number, but found NaN/,
    });
    assert.deepEqual(await readLog(path), []);
  }));

Deno.test("without a checkpoint the log begins anew", () =>
  withLog(async (path) => {
    await appendToLog(path, { epoch: 0 });
    assert.deepEqual(await resumeLog(path, -1), []);
    assert.equal(await Deno.readTextFile(path), "");
  }));

Deno.test("a damaged line in the middle is refused with its number, and the log stays", () =>
  withLog(async (path) => {
    for (
      const [line, fault] of [
        ["", ": expected JSON, "],
        ["{", ": expected JSON, "],
        ["null", ": expected an object, but found null"],
        ["3", ": expected an object, but found 3"],
        ['{"loss":1}', ", epoch: expected a value, but found none"],
        ['{"epoch":"1"}', ", epoch: expected a whole number of at least 0, "],
        ['{"epoch":1,"loss":null}', ", loss: expected a finite number, but found null"],
        ['{"epoch":1,"loss":1e999}', ", loss: expected a finite number, but found Infinity"],
        ['{"epoch":2}', ": expected epoch 1, but found epoch 2"],
        ['{"epoch":0}', ": expected epoch 1, but found epoch 0"],
      ]
    ) {
      const text = `{"epoch":0}\n${line}\n{"epoch":2}\n`;
      await Deno.writeTextFile(path, text);
      await assert.rejects(resumeLog(path, 0), (error: Error) => {
        assert.equal(error.name, "DataError");
        assert.ok(error.message.startsWith(`${path}:2${fault}`), error.message);
        return true;
      });
      assert.equal(await Deno.readTextFile(path), text);
    }
  }));
