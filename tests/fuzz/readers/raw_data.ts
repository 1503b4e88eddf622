// Data sets in each of the formats that a profile can have.
import assert from "node:assert/strict";
import type { Domain } from "../../../lib/data/domain.ts";
import { type Example, examples } from "../../../lib/data/formats/examples.ts";
import { loadDomain } from "../../../lib/data/profile.ts";
import { encode, type Files, type FuzzReader } from "../reader.ts";

const letters = ["A", "B", "C", "D", "E"];
const pairs = letters.flatMap((user) => letters.map((item, i) => [user, item, i] as const));
const lines = (...texts: string[]) => encode(texts.map((text) => `${text}\n`).join(""));

const processed: Files = {
  "Toys.train.inter": lines(
    "user_id:token\titem_id_list:token_seq\titem_id:token",
    ...[0, 1, 2].flatMap((user) => [`${user}\t0 1\t2`, `${user}\t0\t1`]),
  ),
  "Toys.valid.inter": lines(
    "user_id:token\titem_id_list:token_seq\titem_id:token",
    "0\t0 1 2\t3",
    "1\t0 1 2\t0",
    "2\t0 1 2\t3",
  ),
  "Toys.test.inter": lines(
    "user_id:token\titem_id_list:token_seq\titem_id:token",
    "0\t0 1 2 3\t0",
    "1\t0 1 2 0\t3",
    "2\t0 1 2 3\t2",
  ),
  "Toys.item2index": lines("a\t0", "b\t1", "c\t2", "d\t3"),
  "Toys.user2index": lines("u\t0", "v\t1", "w\t2"),
  "Toys.text": lines(
    "item_id:token\ttext:token_seq",
    "a\tred shirt",
    "b\tblue shirt",
    "c\tguitar",
    "d\tstrings",
  ),
  "Toys.feat1CLS": new Uint8Array(Float32Array.from({ length: 4 * 768 }, (_, i) => i % 7 / 7).buffer),
};

const onlineRetail: Files = {
  "data.csv": encode(
    ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"]
      .concat(
        pairs.map(([user, item, i]) => `${user},${item},"item, ${item}",1,12/1/2010 8:2${i},1.5,7,France`),
      )
      .join("\r\n") + "\r\n",
  ),
};

const amazon: Files = {
  "Toys.csv": lines(...pairs.map(([user, item, i]) => `${item},${user},5.0,${1000 + i}`)),
  "meta_Toys.json": lines(
    ...letters.map((asin) =>
      JSON.stringify({ asin, title: `Toy &amp; ${asin}`, category: ["Toys"], brand: "Acme" })
    ),
  ),
};

const catalogue: Files = {
  "items.csv": lines("item,text", ...letters.map((item) => `${item},"item ""${item}"""`)),
  "interactions.csv": lines(
    "user,item,time",
    ...pairs.map(([user, item, i]) => `${user},${item},2024-01-0${i + 1}`),
  ),
};

/** What must hold of every domain, whatever it was read from. */
function checkDomain({ itemIds, itemTexts, userIds, sequences: { items, offsets }, features }: Domain): void {
  assert.equal(new Set(itemIds).size, itemIds.length);
  assert.equal(new Set(userIds).size, userIds.length);
  assert.equal(offsets.length, userIds.length + 1);
  assert.equal(offsets[0], 0);
  assert.equal(offsets.at(-1), items.length);
  for (let user = 0; user < userIds.length; user++) assert(offsets[user + 1] - offsets[user] >= 3);
  assert(items.every((item) => item >= 0 && item < itemIds.length));
  assert(itemTexts === null || itemTexts.length === itemIds.length);
  if (features) {
    assert.equal(features.rows, itemIds.length);
    assert.equal(features.values.length, features.rows * features.width);
    assert(features.values.every(Number.isFinite));
  }
}

/** A reader of one of the library's examples; files that have the data set's name get the fuzzer's. */
function exampleReader(
  row: string,
  name: string,
  files: Example["files"],
  columns: Example["columns"],
): FuzzReader {
  const named = async () =>
    Object.fromEntries(
      Object.entries(await files()).map(([file, content]) => [
        file.startsWith(`${name}.`) ? `Toys${file.slice(name.length)}` : file,
        typeof content === "string" ? encode(content) : content,
      ]),
    ) as Files;
  return rawReader(`example of ${row}`, named, columns);
}

function rawReader(
  name: string,
  files: Files | (() => Promise<Files>),
  columns?: Example["columns"],
): FuzzReader {
  return {
    name,
    onDisk: true,
    open: async (work) => ({
      originals: [typeof files === "function" ? await files() : files],
      async read(folder) {
        const at = folder.lastIndexOf("/");
        const [dataRoot, profile] = [folder.slice(0, at), folder.slice(at + 1)];
        const cacheRoot = `${work}/processed`;
        try {
          const domain = await loadDomain(profile, null, { dataRoot, cacheRoot, columns });
          checkDomain(domain);
          // what was kept of it is read the second time
          assert.deepEqual(await loadDomain(profile, null, { dataRoot, cacheRoot, columns }), domain);
        } finally {
          await Deno.remove(cacheRoot, { recursive: true }).catch(() => {});
        }
      },
    }),
  };
}

export const rawDataReaders = [
  rawReader("processed data", processed),
  rawReader("Online Retail", onlineRetail),
  rawReader("Amazon", amazon),
  rawReader("catalogues", catalogue),
  ...examples.map(({ row, name, files, columns }) => exampleReader(row, name, files, columns)),
];
