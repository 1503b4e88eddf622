import assert from "node:assert/strict";
import { DataError } from "../../errors.ts";
import { sequenceOf } from "../domain.ts";
import { openDataset } from "../read_dataset.ts";
import { inFolder, listen, rejects } from "../test_helpers.ts";

const readOnlineRetail = async (folder: string, name: string) =>
  await (await openDataset(folder, name)).read();

const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

/** Five invoices of the items A … E, each at a later minute than the one before it. */
const rows = ["1", "2", "3", "4", "5"].flatMap((invoice) =>
  ["A", "B", "C", "D", "E"].map((item, i) =>
    `${invoice},${item}, ITEM ${item} ,1,12/${invoice}/2010 8:0${i},1.5,7,France`
  )
);
const csv = (...lines: string[]) => [header, ...lines, ""].join("\r\n");

async function check(content: string | Uint8Array, pattern: RegExp) {
  await inFolder(
    { "data.csv": content },
    (folder) => rejects(readOnlineRetail(folder, "Shop"), DataError, pattern),
  );
}

Deno.test("invoices become users, stock codes items, in the order of time", () =>
  inFolder({ "data.csv": csv(...rows.toReversed()) }, async (folder) => {
    await listen(async () => {
      const { name, itemIds, itemTexts, userIds, sequences, features } = await readOnlineRetail(
        folder,
        "Shop",
      );
      assert.deepEqual([name, userIds.toSorted(), features], ["Shop", ["1", "2", "3", "4", "5"], null]);
      for (let user = 0; user < 5; user++) {
        assert.deepEqual(Array.from(sequenceOf(sequences, user), (item) => itemIds[item]), [
          "A",
          "B",
          "C",
          "D",
          "E",
        ]);
      }
      assert.deepEqual(itemTexts, itemIds.map((id) => `item ${id.toLowerCase()}.`));
    });
  }));

Deno.test("what is left out is counted and said", () =>
  inFolder({
    "data.csv": csv(
      ...rows,
      rows[0],
      "1,A,another name,1,12/1/2010 8:00,1.5,7,France",
      "1,B,,2,12/1/2010 8:01,1.5,7,France",
      "9,A,item a,1,12/9/2010 8:01,1.5,7,France",
    ),
  }, async (folder) => {
    const said = await listen(() => readOnlineRetail(folder, "Shop"));
    assert.deepEqual(said, [
      `${folder}/data.csv: 29 rows, of which 1 without a description, 2 repeated and 1 outside the 5-core were left out.`,
    ]);
  }));

Deno.test("both encodings of a pound sign are read, and a comma in quotes", async () => {
  const line = (pound: string) => rows.map((row) => row.replace(" ITEM A ", `"GIFT, ${pound}5"`));
  const utf8 = csv(...line("£"));
  const windows = Uint8Array.from(utf8, (character) => character.charCodeAt(0));
  await listen(async () => {
    for (const content of [utf8, windows]) {
      await inFolder({ "data.csv": content }, async (folder) => {
        const { itemIds, itemTexts } = await readOnlineRetail(folder, "Shop");
        assert.equal(itemTexts![itemIds.indexOf("A")], "gift, £5.");
      });
    }
  });
});

Deno.test("features beside the table come in the items' order, and no item may lack a row", async () => {
  const values = Float32Array.from({ length: 6 * 768 }, (_, i) => Math.floor(i / 768));
  const files = { "data.csv": csv(...rows), "Shop.feat1CLS": new Uint8Array(values.buffer) };
  const index = "E\t0\nX\t1\nD\t2\nC\t3\nB\t4\nA\t5\n";
  await listen(async () => {
    await inFolder({ ...files, "Shop.item2index": index }, async (folder) => {
      const { itemIds, features } = await readOnlineRetail(folder, "Shop");
      const rowValues = itemIds.map((_, item) => features!.values[item * 768 + 767]);
      assert.deepEqual(rowValues, itemIds.map((id) => "EXDCBA".indexOf(id)));
    });
    await inFolder(
      { ...files, "Shop.item2index": index.replace("D", "Y") },
      (folder) =>
        rejects(readOnlineRetail(folder, "Shop"), DataError, /Shop\.item2index: expected a line of item D/),
    );
  });
});

Deno.test("missing columns and cells of another kind are errors that name them", async () => {
  await check(
    csv(...rows).replace("StockCode,", "").replace("Quantity", "Number"),
    /data\.csv:1: .*no StockCode, Quantity/,
  );
  await check(
    csv(rows[0], "1,A,x,1,1.12.2010,1,7,France"),
    /row 2, column InvoiceDate: expected a time.*1\.12\.2010/,
  );
  await check(
    csv(rows[0], "1,A,x,1,13/1/2010 8:00,1,7,France"),
    /row 2, column InvoiceDate: expected a time/,
  );
  await check(
    csv(rows[0], "1,A,x, y,1,12/1/2010 8:00,1,7,France"),
    /row 2, column (InvoiceDate|Quantity): expected/,
  );
  await check("", /data\.csv: expected a table/);
});

Deno.test("rows without an invoice, a stock code or a time are left out and counted", () =>
  inFolder({
    "data.csv": csv(
      ...rows,
      ",A,x,1,12/1/2010 8:00,1,7,France",
      "NULL,A,x,1,12/1/2010 8:00,1,7,France",
      "1,nan,x,1,12/1/2010 8:00,1,7,France",
      "1,A,x,1",
    ),
  }, async (folder) => {
    const said = await listen(() => readOnlineRetail(folder, "Shop"));
    assert.deepEqual(said, [
      `${folder}/data.csv: 29 rows, of which 2 without InvoiceNo, 1 without StockCode and 1 without InvoiceDate were ` +
      "left out.",
    ]);
  }));

Deno.test("ISO dates are read, and Online Retail II, also in two files", () =>
  listen(async () => {
    const iso = rows.map((row) => row.replace(/12\/(\d)\/2010 8:0(\d)/, "2010-12-0$1 08:0$2:00"));
    const second = csv(...iso).replace("InvoiceNo", "Invoice").replace(
      "UnitPrice,CustomerID",
      "Price,Customer ID",
    );
    const parts = [iso.slice(0, 12), iso.slice(12)].map((part) =>
      csv(...part).replace("InvoiceNo", "Invoice")
    );
    for (
      const files of [{ "data.csv": csv(...iso) }, { "online_retail_II.csv": second }, {
        "Year 2009-2010.csv": parts[0],
        "Year 2010-2011.csv": parts[1],
      }]
    ) {
      await inFolder(files as unknown as Record<string, string>, async (folder) => {
        const { itemIds, sequences } = await readOnlineRetail(folder, "Shop");
        assert.deepEqual([itemIds.length, sequences.items.length], [5, 25]);
        assert.deepEqual(Array.from(sequenceOf(sequences, 0), (item) => itemIds[item]), [
          "A",
          "B",
          "C",
          "D",
          "E",
        ]);
      });
    }
  }).then(() => {}));

Deno.test("a table with both names of a column is read by the first edition's", () =>
  inFolder({ "data.csv": csv(...rows).replace("UnitPrice", "Invoice") }, async (folder) => {
    await listen(async () => {
      const { userIds } = await readOnlineRetail(folder, "Shop");
      assert.deepEqual(userIds.toSorted(), ["1", "2", "3", "4", "5"]);
    });
  }));

Deno.test("a table too small for its filter is an error", async () => {
  await listen(() => check(csv(...rows.slice(0, 20)), /data\.csv: expected at least one user/));
});

const dataRoot = Deno.env.get("UNISREC_DATA");
Deno.test({
  name: "Online Retail has the paper's counts",
  ignore: !dataRoot,
  fn: async () => {
    await listen(async () => {
      const { userIds, itemIds, sequences } = await readOnlineRetail(`${dataRoot}/OR`, "OR");
      assert.deepEqual([userIds.length, itemIds.length, sequences.items.length], [16_520, 3469, 519_906]);
    });
  },
});
