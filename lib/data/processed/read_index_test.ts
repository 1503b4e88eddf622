import assert from "node:assert/strict";
import { DataError } from "../../errors.ts";
import { readIndex } from "./read_index.ts";
import { inFolder, rejects } from "../test_helpers.ts";

Deno.test("identifiers come in the order of their indices", () =>
  inFolder({ "X.item2index": "b\t1\na b\t0\nc\t2\n" }, async (folder) => {
    assert.deepEqual(await readIndex(`${folder}/X.item2index`), ["a b", "b", "c"]);
  }));

for (
  const [kind, line] of [
    ["no index", "b"],
    ["a word for an index", "b\tone"],
    ["an index out of range", "b\t3"],
    ["an index given before", "b\t0"],
    ["an identifier given before", "a\t1"],
    ["nothing", ""],
  ]
) {
  Deno.test(`a line with ${kind} is an error that names it`, () =>
    inFolder(
      { "X.item2index": `a\t0\n${line}\nc\t2\n` },
      (folder) =>
        rejects(readIndex(`${folder}/X.item2index`), DataError, /X\.item2index:2: expected an identifier/),
    ));
}
