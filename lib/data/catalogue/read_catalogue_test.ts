import assert from "node:assert/strict";
import fc from "fast-check";
import { DataError, ParameterError } from "../../errors.ts";
import { sequenceOf, userCount } from "../domain.ts";
import { inFolder, listen, rejects } from "../test_helpers.ts";
import { openDataset } from "../read_dataset.ts";
import { type Catalogue, readCatalogue } from "./read_catalogue.ts";

const letters = ["A", "B", "C", "D", "E"];
const itemsCsv = (ids: string[]) => ["item,text", ...ids.map((id) => `${id},words of ${id}`)].join("\n");
const logCsv = (rows: string[][]) => ["user,item,time", ...rows.map((row) => row.join(","))].join("\n");
/** Five users who all choose the same five items, one a day. */
const everyPair = letters.flatMap((user) => letters.map((item, day) => [user, item, `2024-01-0${day + 1}`]));

const filesIn = (folder: string) => ({
  interactions: `${folder}/interactions.csv`,
  items: `${folder}/items.csv`,
});

async function read(interactions: string, items: string, core?: number): Promise<Catalogue> {
  let catalogue: Catalogue;
  await inFolder({ "interactions.csv": interactions, "items.csv": items }, async (folder) => {
    catalogue = await readCatalogue(filesIn(folder), "Shop", { core });
  });
  return catalogue!;
}

const namesOf = ({ itemIds, sequences }: Catalogue["domain"], user: number) =>
  Array.from(sequenceOf(sequences, user), (item) => itemIds[item]);

Deno.test("the domain is the core; the whole has new and rare items after it, and users of few items", async () => {
  const visitors = [["visitor", "rare", "2024-02-01"], ["visitor", "C", "2024-02-03"]];
  const { domain, whole, core } = await read(
    logCsv([...visitors, ...everyPair.toReversed()]),
    itemsCsv(["new", ...letters, "rare"]),
  );
  assert.equal(core, 5);
  assert.deepEqual(domain.itemIds.toSorted(), letters);
  assert.deepEqual(domain.userIds.toSorted(), letters);
  assert.deepEqual(whole.itemIds, [...domain.itemIds, "new", "rare"]);
  assert.deepEqual(whole.itemTexts, whole.itemIds.map((id) => `words of ${id}`));
  for (const user of domain.userIds.keys()) assert.deepEqual(namesOf(domain, user), letters);
  assert.deepEqual(namesOf(whole, whole.userIds.indexOf("visitor")), ["rare", "C"]);
});

Deno.test("a user's sequence in the core is that in the whole without the items outside, also within a moment", async () => {
  const row = fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 3 }));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(row, { selector: String, minLength: 120, maxLength: 200 }),
      async (rows) => {
        const log = logCsv(rows.map(([user, item, day]) => [`u${user}`, `i${item}`, `2024-01-0${day}`]));
        const { domain, whole } = await read(log, itemsCsv(Array.from({ length: 12 }, (_, i) => `i${i}`)), 3);
        assert.deepEqual(whole.itemIds.slice(0, domain.itemIds.length), domain.itemIds);
        assert.equal(whole.sequences.items.length, rows.length);
        const items = new Set(domain.itemIds);
        for (let user = 0; user < userCount(domain.sequences); user++) {
          const all = namesOf(whole, whole.userIds.indexOf(domain.userIds[user]));
          assert.deepEqual(namesOf(domain, user), all.filter((id) => items.has(id)));
        }
      },
    ),
    { numRuns: 20 },
  );
});

Deno.test("interactions with items that have no text are left out and counted", async () => {
  const log = logCsv([...everyPair, ["A", "ghost", "2024-01-09"], ["B", "mute", "2024-01-09"]]);
  const { whole, reports } = await read(log, itemsCsv(letters) + "\nmute,\n");
  assert.deepEqual(whole.itemIds.toSorted(), letters);
  assert.deepEqual(reports.interactions.skipped.at(-1), { reason: "of an item without a text", rows: 2 });
});

Deno.test("what was left out of a profile's folder is printed once for each file", () =>
  inFolder({
    "interactions.csv": logCsv([...everyPair, ["F", "A", "2024-01-09"], ["", "A", "2024-01-09"]]),
    "items.csv": itemsCsv(letters),
  }, async (folder) => {
    const said = await listen(() => openDataset(folder, "Shop").then(({ read }) => read()));
    assert.deepEqual(said, [
      `${folder}/items.csv: 5 rows, all of which were kept.`,
      `${folder}/interactions.csv: 27 rows, of which 1 without a user and 1 outside the 5-core were left out.`,
    ]);
  }));

Deno.test("a file without a whole row is an error that names it", async () => {
  const items = itemsCsv(letters);
  await rejects(
    read(logCsv([]), items),
    DataError,
    /interactions\.csv: .* found no row after the first line/,
  );
  await rejects(
    read(logCsv([["A", "", "2024-01-01"]]), items),
    DataError,
    /interactions\.csv: .* 1 row, none whole/,
  );
  const log = logCsv(everyPair);
  await rejects(read(log, itemsCsv([])), DataError, /items\.csv: .* found no row after the first line/);
  await rejects(read(log, "item,text\nA,\n,words\n"), DataError, /items\.csv: .* found 2 rows, none whole/);
});

Deno.test("nothing in common, nothing left and a core that cannot be are errors that say what to do", async () => {
  await rejects(
    read(logCsv([["u", "007", "2024-01-01"]]), itemsCsv(["7"])),
    DataError,
    /interactions\.csv: expected items that have a text in .*items\.csv, such as "7", but found none, but for example "007"/,
  );
  await rejects(
    read(logCsv(everyPair.slice(1)), itemsCsv(letters)),
    DataError,
    /interactions\.csv: expected users and items with 5 .* found none, in 24 interactions of 5 users with 5 items.* notebook 10/,
  );
  await rejects(
    read(logCsv(everyPair.slice(0, 1)), itemsCsv(letters), 3),
    DataError,
    /found none, in 1 interaction of 1 user with 1 item\. Bring more interactions\.$/,
  );
  for (const core of [2, 3.5, NaN]) {
    await rejects(read(logCsv(everyPair), itemsCsv(letters), core), ParameterError, /^core: .* from 3/);
  }
  await inFolder(
    { "items.csv": itemsCsv(letters) },
    (folder) =>
      rejects(readCatalogue(filesIn(folder), "Shop"), DataError, /interactions\.csv: expected a file/),
  );
});
