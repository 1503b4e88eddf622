import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { DataError } from "../../errors.ts";
import { cutToRows, finishStep, openPartial, readRow, writeRows } from "./partial_features.ts";

Deno.test("a file opened again knows its steps and rows, in the end it holds the rows alone", () =>
  withTemporaryFolder(async (folder) => {
    const open = () => openPartial(`${folder}/rows`, 3, 2, 2);
    const first = await open();
    assert.deepEqual([...first.done], [0, 0]);
    await writeRows(first, [2, 0], new Uint8Array([5, 6, 1, 2]));
    await finishStep(first, 1);
    first.file.close();

    const second = await open();
    assert.deepEqual([...second.done], [0, 1]);
    assert.deepEqual([...await readRow(second, 2)], [5, 6]);
    await writeRows(second, [1], new Uint8Array([3, 4]));
    await finishStep(second, 0);
    await cutToRows(second);
    second.file.close();
    assert.deepEqual([...await Deno.readFile(`${folder}/rows`)], [1, 2, 3, 4, 5, 6]);

    const third = await open();
    assert.deepEqual([...third.done], [1, 1]);
    third.file.close();
  }));

Deno.test("a file of another size is started anew", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.writeFile(`${folder}/rows`, new Uint8Array(50).fill(1));
    const { file, done } = await openPartial(`${folder}/rows`, 3, 2, 2);
    assert.deepEqual([...done], [0, 0]);
    file.close();
    assert.deepEqual([...await Deno.readFile(`${folder}/rows`)], Array(8).fill(0));
  }));

Deno.test("only one can have the file open", () =>
  withTemporaryFolder(async (folder) => {
    const { file } = await openPartial(`${folder}/rows`, 3, 2, 2);
    await assert.rejects(openPartial(`${folder}/rows`, 3, 2, 2), DataError);
    file.close();
  }));

Deno.test("reading past the end is an error, not an endless loop", () =>
  withTemporaryFolder(async (folder) => {
    const partial = await openPartial(`${folder}/rows`, 1, 2, 1);
    await assert.rejects(readRow(partial, 7), Deno.errors.UnexpectedEof);
    partial.file.close();
  }));
