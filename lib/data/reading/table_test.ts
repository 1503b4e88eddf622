import assert from "node:assert/strict";
import fc from "fast-check";
import { DataError } from "../../errors.ts";
import { inFolder, rejects } from "../test_helpers.ts";
import { findColumns } from "./columns.ts";
import { cellText } from "./plain_text.ts";
import { layoutOf } from "./read_log.ts";
import { readTable } from "./table.ts";

/** Reads items and texts as a table of items does. */
async function readFile(path: string) {
  const layout = await layoutOf(path);
  const { item, text } = findColumns(path, layout, ["item", "text"]);
  const { ids: [{ ids, codes }], texts: [texts], ...table } = await readTable(path, {
    layout,
    ids: item,
    times: [],
    timesAre: "times",
    texts: text,
  });
  const columns = { item: Array.from(codes, (code) => code < 0 ? "" : ids[code]), text: texts.map(cellText) };
  return { columns, lines: Array.from(codes, (_, row) => table.lineOf(row)), encoding: table.encoding };
}

async function read(content: string | Uint8Array) {
  let table: Awaited<ReturnType<typeof readFile>>;
  await inFolder({ "a.csv": content }, async (folder) => {
    table = await readFile(`${folder}/a.csv`);
  });
  return table!;
}

async function refuses(content: string | Uint8Array, pattern: RegExp): Promise<void> {
  await inFolder(
    { "a.csv": content },
    (folder) => rejects(readFile(`${folder}/a.csv`), DataError, pattern),
  );
}

Deno.test("columns are found by their names, in any order and case, beside others", async () => {
  const { columns } = await read("price,Text, ITEM \n3,red lamp,a\n,blue lamp,b\n");
  assert.deepEqual(columns, { item: ["a", "b"], text: ["red lamp", "blue lamp"] });
});

Deno.test("quotes, line ends of any kind, empty lines and a byte order mark are read; lines are counted", async () => {
  const { columns, lines } = await read(
    '\ufeffitem,text\r\na,"red,\r\nround"\n\nb , "27"" lamp" \rc,\r\n\r\nd,"x\ny\nz"\ne,last',
  );
  assert.deepEqual(columns.item, ["a", "b", "c", "d", "e"]);
  assert.deepEqual(columns.text, ["red, round", '27" lamp', "", "x y z", "last"]);
  assert.deepEqual(lines, [2, 5, 6, 8, 11]);
});

Deno.test("two spellings of one accent are one, and white space of all kinds is one space", async () => {
  const { columns } = await read("item,text\ncafe\u0301,a\u00a0\t b\ncaf\u00e9,\u3000c\n");
  assert.equal(columns.item[0], columns.item[1]);
  assert.deepEqual(columns.text, ["a b", "c"]);
});

Deno.test("Windows-1252 is read, and said", async () => {
  const { columns, encoding } = await read(Uint8Array.from("item,text\né,£5\n", (c) => c.charCodeAt(0)));
  assert.deepEqual([columns.item, columns.text, encoding], [["é"], ["£5"], "Windows-1252"]);
});

Deno.test("a spreadsheet's Unicode text is read, with commas and with tabs", async () => {
  const utf16 = (text: string) =>
    new Uint8Array(Uint16Array.from("\ufeff" + text, (unit) => unit.charCodeAt(0)).buffer);
  const { columns, encoding } = await read(utf16("item,text\r\né,漢\r\n"));
  assert.deepEqual([columns.item, columns.text, encoding], [["é"], ["漢"], "UTF-16"]);
  assert.deepEqual(await read(utf16("item\ttext\r\né\t漢\r\n")), await read(utf16("item,text\r\né,漢\r\n")));
});

Deno.test("whatever cells hold comes back, cleaned", async () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", "\n", "\r", " ", "漢", "🦊") });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1 }), async (rows) => {
      const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const { columns } = await read(
        ["item,text", ...rows.map((row) => row.map(quote).join(","))].join("\n"),
      );
      const cleaned = (text: string) => text.split(/[\r\n ]+/).filter((word) => word !== "").join(" ");
      assert.deepEqual(columns.item, rows.map(([item]) => cleaned(item)));
      assert.deepEqual(columns.text, rows.map(([, text]) => cleaned(text)));
    }),
    { numRuns: 50 },
  );
});

Deno.test("missing columns are an error that lists those there are and says how to rename", async () => {
  await refuses(
    "colour,name\nb,3\n",
    /a\.csv:1: expected the columns item, text, but found "colour", "name"\. Rename .* item is the identifier/,
  );
  await refuses("", /a\.csv:1: .* found an empty file/);
  await refuses("item,text,Item\na,b,c\n", /a\.csv:1: expected one column item, but found item, Item/);
});

Deno.test("a malformed row is an error that names its line", async () => {
  await refuses("item,text\na,b\nc,lamp, green\n", /a\.csv:3: expected as many .* found 3: c, lamp, green\./);
  await refuses("item,text\na\n", /a\.csv:2: expected as many values .* found 1: a\./);
  await refuses('item,text\na,b\nc,"lamp\nd,e\n', /a\.csv, after line 2: expected a closing quote/);
  await refuses('item,text\na,27" screen\n', /a\.csv:2: expected quotes .* found one inside/);
  await refuses('item,text\na,"27" screen\n', /a\.csv:2: expected quotes .* found more after/);
});
