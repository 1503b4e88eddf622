import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { DataError } from "../../errors.ts";
import { sequenceOf } from "../domain.ts";
import { readAmazon } from "./read_amazon.ts";
import { inFolder, listen, rejects } from "../test_helpers.ts";

const names = ["A", "B", "C", "D", "E"];
/** Five users who rated the items A … E, one each second. */
const ratings = names.flatMap((user) =>
  names.map((item, second) => `${item},user-${user},5.0,${1000 + second}`)
);
const metadata = names.map((asin) =>
  JSON.stringify({ asin, title: `Toy &amp; ${asin}`, category: ["Toys", "Small"], brand: "Acme" })
);

const text = (lines: string[]) => lines.map((line) => `${line}\n`).join("");

async function readFrom(folder: string, end = "") {
  return await readAmazon(
    { ratings: `${folder}/r.csv${end}`, metadata: `${folder}/meta_r.json${end}` },
    "Toys",
  );
}

async function check(ratingLines: string[], metadataLines: string[], pattern: RegExp) {
  await inFolder(
    { "r.csv": text(ratingLines), "meta_r.json": text(metadataLines) },
    (folder) => listen(() => rejects(readFrom(folder), DataError, pattern)).then(() => {}),
  );
}

for (
  const [kind, end, pack] of [
    ["plain", "", (content: string) => content],
    ["packed", ".gz", (content: string) => new Uint8Array(gzipSync(content))],
  ] as const
) {
  Deno.test(`${kind} files become sequences in the order of time, with cleaned texts`, () =>
    inFolder({
      [`r.csv${end}`]: pack(text(ratings.toReversed())),
      [`meta_r.json${end}`]: pack(text(metadata)),
    }, async (folder) => {
      await listen(async () => {
        const { itemIds, itemTexts, userIds, sequences } = await readFrom(folder, end);
        assert.deepEqual(userIds.toSorted(), names.map((name) => `user-${name}`));
        for (let user = 0; user < 5; user++) {
          assert.deepEqual(Array.from(sequenceOf(sequences, user), (item) => itemIds[item]), names);
        }
        assert.deepEqual(itemTexts, itemIds.map((id) => `Toy & ${id}. Toys Small. Acme.`));
      });
    }));
}

Deno.test("items without text, repeated ratings and what they leave too rare are counted and left out", () => {
  const extraItem = names.map((user) => `X,user-${user},1.0,2000`);
  const nameless = names.map((user) => `Y,user-${user},1.0,2001`);
  // this user has five ratings, but only four of items with texts
  const rareUser = ["A", "B", "C", "D", "X"].map((item) => `${item},rare,3.0,5`);
  return inFolder({
    "r.csv": text([...ratings, ratings[0], ...extraItem, ...nameless, ...rareUser]),
    "meta_r.json": text([
      ...metadata,
      JSON.stringify({ asin: "Y", title: "" }),
      JSON.stringify({ asin: "A", title: "Late" }),
    ]),
  }, async (folder) => {
    const said = await listen(async () => {
      const { itemIds, itemTexts, userIds, sequences } = await readFrom(folder);
      assert.deepEqual([itemIds, userIds.length, sequences.items.length], [names, 5, 25]);
      assert.equal(itemTexts![0], "Toy & A. Toys Small. Acme.");
    });
    assert.deepEqual(said, [
      `${folder}/r.csv: 41 ratings, of which 1 repeated, 11 of items without text (2 items) and 4 outside the 5-core ` +
      "were left out.",
    ]);
  });
});

Deno.test("malformed lines are errors that name them", async () => {
  for (const line of ["asin,user,rating,time", "A,u,5.0", "A,u,5.0,1,2", "", "A,,5.0,1", "A,u,five,1"]) {
    await check([ratings[0], line, ratings[1]], metadata, /r\.csv:2: expected item, user, rating and time/);
  }
  for (const line of ["{'asin': 'A'}", "", "[]", "null", '{"title": "x"}', '{"asin": 3}']) {
    await check(ratings, [metadata[0], line], /meta_r\.json:2: expected a JSON record with an asin/);
  }
  await check(
    ratings,
    ['{"asin": "A", "title": 5}'],
    /meta_r\.json:1: expected a text or a list of texts as title/,
  );
});

Deno.test("metadata of other items leave no user, which is an error", async () => {
  await check(ratings, ['{"asin": "Z", "title": "z"}'], /r\.csv: expected at least one user/);
});

Deno.test("a cut-off metadata file is an error", () =>
  inFolder({
    "r.csv.gz": new Uint8Array(gzipSync(text(ratings))),
    "meta_r.json.gz": new Uint8Array(gzipSync(text(metadata)).subarray(0, -20)),
  }, (folder) =>
    rejects(readFrom(folder, ".gz"), DataError, /meta_r\.json\.gz, after line \d+: expected a whole gzip/)));
