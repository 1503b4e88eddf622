import assert from "node:assert/strict";
import { sequenceOf } from "../domain.ts";
import { openDataset } from "../read_dataset.ts";
import { DataError } from "../../errors.ts";
import { inFolder, rejects } from "../test_helpers.ts";
import { examples } from "./examples.ts";

const tableFile = new URL("../../../data/README.md", import.meta.url);

for (const { row, name, text, files, columns } of examples) {
  Deno.test(`${row}: a tiny data set is read, each sequence in the order of time`, async () => {
    await inFolder(await files(), async (folder) => {
      const said: string[] = [];
      const { read, inputs } = await openDataset(folder, name, { columns });
      const { itemIds, itemTexts, userIds, sequences } = await read((line) => said.push(line));
      assert.deepEqual([userIds.length, itemIds.length, sequences.items.length], [6, 6, 36], said.join("\n"));
      const place = (item: number) => Number(itemIds[item].at(-1));
      const number = (id: string) => Number(id.match(/\d(?=\D*$)/)![0]);
      const first = itemIds.findIndex((id) =>
        place(itemIds.indexOf(id)) === Math.min(...itemIds.keys().map(place))
      );
      assert.equal(itemTexts?.[first] ?? null, text);
      for (let user = 0; user < 6; user++) {
        const items = Array.from(sequenceOf(sequences, user), place).map((item) => (item - place(first)) % 6);
        const start = number(userIds[user]);
        assert.deepEqual(items, items.map((_, step) => (start + step) % 6), `${userIds[user]} of ${row}`);
      }
      for (const input of inputs) assert.ok((await Deno.stat(input)).isFile);
      assert.ok(
        said.some((line) => line.includes("36 rows") || line.includes("parts were put together")),
        said[0],
      );
    });
  });
}

Deno.test("data/README.md has a row with a command for every example", async () => {
  const readme = await Deno.readTextFile(tableFile);
  for (const { row, name } of examples) {
    const line = readme.split("\n").find((line) => line.startsWith(`| ${row} |`));
    assert.ok(line, `no row for ${row}`);
    assert.match(line, new RegExp(`task notebook 1 --profile ${name}[ \`]`), row);
  }
});

Deno.test("a known format's file with fewer columns than it has is an error that names the line", async () => {
  const ratings = Array.from({ length: 9 }, (_, i) => `1\t${i}\t5`).join("\n");
  await inFolder({ "u.data": ratings }, async (folder) => {
    const { read } = await openDataset(folder, "ml");
    await rejects(read(() => {}), DataError, /u\.data:1: expected 4 values in a line, but found 3/);
  });
});
