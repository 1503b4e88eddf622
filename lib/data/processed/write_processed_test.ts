import assert from "node:assert/strict";
import fc from "fast-check";
import { DataError } from "../../errors.ts";
import { type Domain, packSequences } from "../domain.ts";
import { readProcessedDomain } from "./read_processed.ts";
import { inFolder, rejects, smallDomain } from "../test_helpers.ts";
import { writeProcessedDomain } from "./write_processed.ts";

const list = fc.array(fc.nat(5), { minLength: 3, maxLength: 120 });
const domains: fc.Arbitrary<Domain> = fc.record({
  lists: fc.array(list, { minLength: 1, maxLength: 4 }),
  hasTexts: fc.boolean(),
  seedOfFeatures: fc.option(fc.nat(99)),
}).map(({ lists, hasTexts, seedOfFeatures }) => {
  const domain = smallDomain(lists);
  const rows = domain.itemIds.length;
  const values = Float32Array.from({ length: rows * 768 }, (_, i) => Math.sin(i + (seedOfFeatures ?? 0)));
  return {
    ...domain,
    itemTexts: hasTexts ? domain.itemTexts : null,
    features: seedOfFeatures === null ? null : { values, rows, width: 768 },
  };
});

Deno.test("what is written is read back the same, however long the sequences", async () => {
  await fc.assert(
    fc.asyncProperty(domains, (domain) =>
      inFolder({}, async (folder) => {
        await writeProcessedDomain(`${folder}/new/Toys`, domain);
        assert.deepEqual(await readProcessedDomain(`${folder}/new/Toys`, "Toys"), domain);
      })),
    { numRuns: 30 },
  );
});

Deno.test("lines list a user's longest prefix first and the last 50 items of a history", () =>
  inFolder({}, async (folder) => {
    const items = Array.from({ length: 54 }, (_, item) => item);
    await writeProcessedDomain(`${folder}/Toys`, smallDomain([items, [0, 1, 2, 3]]));
    const lines = (await Deno.readTextFile(`${folder}/Toys/Toys.train.inter`)).split("\n");
    assert.equal(lines[1], `0\t${items.slice(1, 51).join(" ")}\t51`);
    assert.deepEqual(lines.slice(51), ["0\t0\t1", "1\t0\t1", ""]);
  }));

Deno.test("a domain that the format cannot hold is an error, and nothing is written", () =>
  inFolder({}, async (folder) => {
    const domain = smallDomain([[0, 1, 0, 1]]);
    const write = (changes: Partial<Domain>) =>
      writeProcessedDomain(`${folder}/Toys`, { ...domain, ...changes });
    await rejects(write({ itemIds: ["a\tb", "c"] }), DataError, /Toys: expected an identifier without tabs/);
    await rejects(write({ userIds: [""] }), DataError, /Toys: expected an identifier/);
    await rejects(
      write({ itemTexts: ["red\nkite", "b"] }),
      DataError,
      /Toys: expected a text of item toy-0 without line/,
    );
    await rejects(write(smallDomain([[0, 1]])), DataError, /Toys: expected at least 3 items of user child-0/);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("features of any width and encoder come back", () =>
  inFolder({}, async (folder) => {
    for (const width of [384, 768, 1536, 4096]) {
      const values = Float32Array.from({ length: 2 * width }, (_, i) => 1 / (i + 1));
      const domain = {
        ...smallDomain([[0, 1, 0]]),
        features: { values, rows: 2, width, encoder: "some model" },
      };
      await writeProcessedDomain(`${folder}/${width}`, domain);
      assert.deepEqual(await readProcessedDomain(`${folder}/${width}`, "Toys"), domain);
    }
  }));

Deno.test("a folder that is there already is left as it was", () =>
  inFolder({}, async (folder) => {
    await writeProcessedDomain(`${folder}/Toys`, smallDomain([[0, 1, 2]]));
    await assert.rejects(writeProcessedDomain(`${folder}/Toys`, smallDomain([[2, 1, 0]])));
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["Toys"]);
    assert.deepEqual(await readProcessedDomain(`${folder}/Toys`, "Toys"), smallDomain([[0, 1, 2]]));
  }));

const dataRoot = Deno.env.get("UNISREC_DATA");
Deno.test({
  name: "Scientific is written as its authors wrote it, byte for byte",
  ignore: !dataRoot,
  fn: () =>
    inFolder({}, async (folder) => {
      const original = `${dataRoot}/Scientific/Scientific`;
      await writeProcessedDomain(
        `${folder}/new`,
        await readProcessedDomain(`${dataRoot}/Scientific`, "Scientific"),
      );
      for (
        const suffix of ["train.inter", "valid.inter", "test.inter", "item2index", "user2index", "feat1CLS"]
      ) {
        const [ours, theirs] = await Promise.all(
          [`${folder}/new/Scientific`, original].map((base) => Deno.readFile(`${base}.${suffix}`)),
        );
        assert.ok(ours.length === theirs.length && ours.every((byte, i) => byte === theirs[i]), suffix);
      }
    }),
});

Deno.test("a split by time does not fit into the format, and is refused", () =>
  inFolder({}, async (folder) => {
    const domain = smallDomain([[0, 1, 2]]);
    const split = { trainEnds: Int32Array.of(2), validEnds: Int32Array.of(3) };
    const sequences = { ...packSequences([[0, 1, 2, 0]]), split };
    await rejects(
      writeProcessedDomain(`${folder}/Toys`, { ...domain, sequences }),
      DataError,
      /^data set Toys: expected a leave-one-out split, .* but found "by time"/,
    );
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  }));
