import assert from "node:assert/strict";
import { smallDomain } from "../../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { type Domain, sequenceOf, userCount } from "../domain.ts";
import { openDataset } from "../read_dataset.ts";
import { DataError } from "../../errors.ts";
import { saveRecBole } from "./save_recbole.ts";

const textOf = (item: number) => `Thing ${item},\t"so\ncalled"`;

function withTexts(domain: Domain): Domain {
  return { ...domain, itemTexts: domain.itemIds.map((_, item) => textOf(item)) };
}

/** Each user's items, by their identifiers: the order of users and items is not kept. */
function sequencesOf({ userIds, itemIds, sequences }: Domain): Record<string, string[]> {
  return Object.fromEntries(
    Array.from({ length: userCount(sequences) }, (_, user) => [
      userIds[user],
      Array.from(sequenceOf(sequences, user), (item) => itemIds[item]),
    ]),
  );
}

Deno.test("a domain that was written as RecBole's atomic files is read again", () =>
  withTemporaryFolder(async (folder) => {
    // no item or user is rare enough to be left out by the 5-core
    const domain = withTexts(smallDomain({ items: 20, users: 200 }));
    const long = { ...domain, sequences: withoutShort(domain) };
    const paths = await saveRecBole(long, `${folder}/Small`);
    assert.deepEqual(paths, [`${folder}/Small/Small.inter`, `${folder}/Small/Small.item`]);
    const { read } = await openDataset(`${folder}/Small`, "Small", {});
    const again = await read(() => {});
    assert.deepEqual(sequencesOf(again), sequencesOf(long));
    for (const [item, id] of again.itemIds.entries()) {
      assert.equal(again.itemTexts![item], `Thing ${domain.itemIds.indexOf(id)}, "so called"`);
    }
  }));

/** The sequences, the short ones with the first items of the catalogue at their beginning. */
function withoutShort({ sequences }: Domain): Domain["sequences"] {
  const lists = Array.from({ length: userCount(sequences) }, (_, user) => [...sequenceOf(sequences, user)]);
  const long = lists.map((list) => [...Array(Math.max(0, 5 - list.length)).keys(), ...list]);
  const offsets = new Int32Array(long.length + 1);
  long.forEach((list, user) => offsets[user + 1] = offsets[user] + list.length);
  return { items: Int32Array.from(long.flat()), offsets };
}

Deno.test("a split by time is written in three parts", () =>
  withTemporaryFolder(async (folder) => {
    const domain: Domain = {
      ...smallDomain(),
      itemIds: ["a", "b", "c"],
      features: null,
      userIds: ["u", "v"],
      sequences: {
        items: Int32Array.of(0, 1, 2, 2, 0),
        offsets: Int32Array.of(0, 3, 5),
        split: { trainEnds: Int32Array.of(1, 2), validEnds: Int32Array.of(2, 2) },
      },
    };
    const paths = await saveRecBole(domain, folder);
    const texts = await Promise.all(paths.map((path) => Deno.readTextFile(path)));
    assert.deepEqual(texts.map((text) => text.split("\n").slice(1, -1)), [
      ["u\ta\t0", "v\tc\t0", "v\ta\t1"],
      ["u\tb\t1"],
      ["u\tc\t2"],
    ]);
  }));

Deno.test("an identifier with a tab is refused", () =>
  withTemporaryFolder(async (folder) => {
    const domain = smallDomain();
    domain.itemIds[3] = "a\tb";
    await assert.rejects(saveRecBole(domain, folder), (error) => {
      assert(error instanceof DataError);
      assert.match(error.message, /item "a\\tb"/);
      return true;
    });
  }));
