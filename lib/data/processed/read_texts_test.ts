import assert from "node:assert/strict";
import { DataError } from "../../errors.ts";
import { readTexts, textHeader } from "./read_texts.ts";
import { inFolder, rejects } from "../test_helpers.ts";

Deno.test("texts come in the items' order; unknown items are passed over, tabs in a text kept", () =>
  inFolder({ "X.text": `${textHeader}\nb\tblue\tkite \nz\tother\na\trød\n` }, async (folder) => {
    assert.deepEqual(await readTexts(`${folder}/X.text`, ["a", "b"]), ["rød", "blue\tkite "]);
  }));

Deno.test("an item without a text has an empty one; where most have no line the file is another data set's", () =>
  inFolder({ "X.text": `${textHeader}\na\tred\nb\t \nn\tNaN\n\n` }, async (folder) => {
    assert.deepEqual(await readTexts(`${folder}/X.text`, ["a", "b", "n", "c"]), ["red", "", "", ""]);
    await rejects(
      readTexts(`${folder}/X.text`, ["a", "c", "d"]),
      DataError,
      /X\.text: expected a text of item c.*no such line, nor one of 1 other items/,
    );
  }));

Deno.test("HTML goes, and accents are composed", () =>
  inFolder({ "X.text": `${textHeader}\na\t<b>Cafe\u0301</b> &amp; bar\n` }, async (folder) => {
    assert.deepEqual(await readTexts(`${folder}/X.text`, ["a"]), ["Caf\u00e9 & bar"]);
  }));

Deno.test("the advice names the index of items where that file is missing", () =>
  inFolder({ "X.text": `${textHeader}\nB00\tred\n` }, async (folder) => {
    const read = () => readTexts(`${folder}/X.text`, ["0"]);
    await rejects(read(), DataError, /a text of item 0.*Add X\.item2index/);
    await Deno.writeTextFile(`${folder}/X.item2index`, "0\t0\n");
    await rejects(read(), DataError, /a text of item 0.*Add the items' texts/);
  }));

Deno.test("a wrong header or line is an error that names the line", () =>
  inFolder({ "1": "item\ttext\n", "2": `${textHeader}\na red\n`, "3": "" }, async (folder) => {
    await rejects(readTexts(`${folder}/1`, []), DataError, /1:1: expected the header/);
    await rejects(readTexts(`${folder}/2`, []), DataError, /2:2: expected an item identifier/);
    await rejects(readTexts(`${folder}/3`, []), DataError, /3:1: expected the header/);
  }));

Deno.test("bytes that are not UTF-8 are an error", () =>
  inFolder(
    { "X.text": Uint8Array.of(65, 0xa3, 66) },
    (folder) =>
      rejects(
        readTexts(`${folder}/X.text`, []),
        DataError,
        /X\.text, after line 0: expected a file of UTF-8/,
      ),
  ));
