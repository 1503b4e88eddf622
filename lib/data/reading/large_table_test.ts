import assert from "node:assert/strict";
import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { inFolder } from "../test_helpers.ts";
import { findColumns } from "./columns.ts";
import { layoutOf, type Log, readLog } from "./read_log.ts";
import { streamLines } from "./stream_lines.ts";

async function read(content: string | Uint8Array): Promise<Log> {
  let log: Log;
  await inFolder({ "log.csv": content }, async (folder) => {
    log = await readLog(`${folder}/log.csv`);
  });
  return log!;
}

const cell = fc.constantFrom("a", "b", "é", "e\u0301", " a ", "NULL", "nan", "x y", "x  y", "漢");

Deno.test("what the fast reader and csv-parse read is the same, whatever the rows", async () => {
  const row = fc.tuple(cell, cell, fc.integer({ min: 1_000_000_000, max: 1_000_000_005 }));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
      const whole: (typeof rows)[number] = ["a", "b", 1_000_000_000];
      const lines = [...rows, whole].map((cells) => cells.join(",")).join("\n");
      const plain = await read(`user,item,time\n${lines}\n`);
      // a quoted value sends the same table to the other reader
      const quoted = await read(`user,item,time\n${lines.replace(/(\d+)$/, '"$1"')}\n`);
      for (const log of [plain, quoted]) log.report.path = "";
      assert.deepEqual(plain, quoted);
      const packed = await read(new Uint8Array(gzipSync(`user,item,time\n${lines}\n`)));
      assert.deepEqual(packed.interactions, plain.interactions);
    }),
    { numRuns: 30 },
  );
});

Deno.test("a table of many pieces is read whole, with one number for each identifier", async () => {
  const rows = 1_500_000; // some 40 MB, more than one block
  const chunk = (from: number) =>
    Array.from(
      { length: 100_000 },
      (_, i) => `u${(from + i) % 70_001},i${(from + i) % 1999},${1_200_000_000 + from + i}\n`,
    )
      .join("");
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeTextFile(path, "user,item,time\n");
    for (let at = 0; at < rows; at += 100_000) await Deno.writeTextFile(path, chunk(at), { append: true });
    const { interactions: { users, items, times, userIds, itemIds } } = await readLog(path);
    assert.deepEqual([users.length, userIds.length, itemIds.length], [rows, 70_001, 1999]);
    for (let row = 0; row < rows; row += 997) {
      assert.equal(userIds[users[row]], `u${row % 70_001}`);
      assert.equal(itemIds[items[row]], `i${row % 1999}`);
      assert.equal(times[row], 1000 * (1_200_000_000 + row));
    }
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("rows that are too short or empty are not filled up in silence", async () => {
  const { report } = await read("user,item,time\na,b,2024-01-01\n\nc,d,\n");
  assert.deepEqual([report.rows, report.skipped.map(({ rows }) => rows)], [2, [0, 0, 1]]);
  await assert.rejects(
    read("user,item,time\na,b,2024-01-01\nc,d\n"),
    /log\.csv:3: expected as many values .* found 2/,
  );
  await assert.rejects(read("user,item,time\na,b,2024-01-01\nc,d,2024-01-01,e\n"), /log\.csv:3: .* found 4/);
});

Deno.test("a line that goes on for many pieces is put together once", async () => {
  const long = `{"text":"${"x".repeat(2 ** 24)}"}`;
  await inFolder({ "long": `${long}\nb\n` }, async (folder) => {
    const lines: number[] = [];
    await streamLines(`${folder}/long`, (line) => lines.push(line.length));
    assert.deepEqual(lines, [long.length, 1]);
  });
});

Deno.test("separators and headers are told, and said", async () => {
  for (
    const [content, note] of [
      ["u\ti\t4\t1400000000\nv\tj\t4\t1400000001\n", "values separated by tabs; no header among 4 columns"],
      ["u::i::1400000000\n", "values separated by “::”; no header among 3 columns"],
      ["u|i|2014-05-13\n", "values separated by “|”; no header among 3 columns"],
      ["User ID;Product;Date\nu;i;2014-05-13\n", "values separated by semicolons; User ID as user"],
      ["userId,movieId,rating,timestamp\nu,i,3,1400000000\n", "userId as user; movieId as item"],
      ["B000000001,A12345678901,5.0,1400000000\n", "column 2 as user; column 1 as item"],
    ]
  ) {
    const { interactions, report } = await read(content);
    assert.equal(interactions.userIds[0].startsWith("u") || interactions.userIds[0].startsWith("A"), true);
    assert.ok(report.note!.includes(note), report.note!);
  }
  assert.equal((await read("user,item,time\nu,i,2014-05-13\n")).report.note, "");
});

Deno.test("a mapping names columns, or counts them", () =>
  inFolder({ "log.csv": "who,what,when\nu,i,2014-05-13\n" }, async (folder) => {
    const layout = await layoutOf(`${folder}/log.csv`);
    const wanted = ["user", "item", "time"] as const;
    const places = { user: [0], item: [1], time: [2], text: [] };
    assert.deepEqual(findColumns("", layout, wanted, { user: "who", item: "what", time: "when" }), places);
    assert.deepEqual(findColumns("", layout, wanted, { user: 1, item: 2, time: 3 }), places);
    assert.throws(
      () => findColumns("log.csv", layout, wanted, { user: "who" }),
      /log\.csv:1: expected the columns/,
    );
  }));
