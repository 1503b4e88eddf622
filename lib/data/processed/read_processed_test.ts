import assert from "node:assert/strict";
import { DataError } from "../../errors.ts";
import { packSequences } from "../domain.ts";
import { readProcessedDomain } from "./read_processed.ts";
import { interHeader } from "./read_inter.ts";
import { textHeader } from "./read_texts.ts";
import { inFolder, rejects } from "../test_helpers.ts";

const inter = (...lines: string[]) => [interHeader, ...lines, ""].join("\n");
/** Sequences 0 1 2 0 and 2 1 0. */
const interFiles = {
  "X.train.inter": inter("0\t0\t1"),
  "X.valid.inter": inter("0\t0 1\t2", "1\t2\t1"),
  "X.test.inter": inter("0\t0 1 2\t0", "1\t2 1\t0"),
};
const features = new Float32Array(3 * 768).fill(0.5);
const allFiles = {
  ...interFiles,
  "X.item2index": "a\t0\nb\t1\nc\t2\n",
  "X.user2index": "u\t0\nv\t1\n",
  "X.text": `${textHeader}\nc\tgreen\na\tred\nb\tblue\n`,
  "X.feat1CLS": new Uint8Array(features.buffer),
};

Deno.test("a whole folder becomes a domain", () =>
  inFolder(allFiles, async (folder) => {
    assert.deepEqual(await readProcessedDomain(folder, "X"), {
      name: "X",
      itemIds: ["a", "b", "c"],
      itemTexts: ["red", "blue", "green"],
      userIds: ["u", "v"],
      sequences: packSequences([[0, 1, 2, 0], [2, 1, 0]]),
      features: { values: features, rows: 3, width: 768 },
    });
  }));

Deno.test("the three .inter files alone are enough", () =>
  inFolder(interFiles, async (folder) => {
    assert.deepEqual(await readProcessedDomain(folder, "X"), {
      name: "X",
      itemIds: ["0", "1", "2"],
      itemTexts: null,
      userIds: ["0", "1"],
      sequences: packSequences([[0, 1, 2, 0], [2, 1, 0]]),
      features: null,
    });
  }));

Deno.test("without an index file the feature rows tell the number of items", () =>
  inFolder({ ...interFiles, "X.feat1CLS": new Uint8Array(4 * 768 * 4) }, async (folder) => {
    assert.equal((await readProcessedDomain(folder, "X")).itemIds.length, 4);
  }));

for (const missing of Object.keys(interFiles)) {
  Deno.test(`a missing ${missing} is named`, () => {
    const { [missing as keyof typeof interFiles]: _, ...rest } = interFiles;
    return inFolder(
      rest,
      (folder) =>
        rejects(readProcessedDomain(folder, "X"), DataError, new RegExp(`${missing}: expected a file`)),
    );
  });
}

Deno.test("an index out of range is an error that names the line, with and without index files", async () => {
  const bad = { ...allFiles, "X.test.inter": inter("0\t0 1 2\t0", "1\t2 1\t3") };
  await inFolder(
    bad,
    (folder) =>
      rejects(
        readProcessedDomain(folder, "X"),
        DataError,
        /X\.test\.inter:3: expected an item index below 3/,
      ),
  );
  const user = { ...allFiles, "X.valid.inter": inter("0\t0 1\t2", "2\t2\t1") };
  await inFolder(
    user,
    (folder) =>
      rejects(
        readProcessedDomain(folder, "X"),
        DataError,
        /X\.valid\.inter:3: expected a user index below 2/,
      ),
  );
  const huge = { ...interFiles, "X.valid.inter": inter("0\t0 1\t2", "1\t2000000000\t1") };
  await inFolder(
    huge,
    (folder) =>
      rejects(readProcessedDomain(folder, "X"), DataError, /X\.valid\.inter:3: expected an item index below/),
  );
  const lateUser = { ...interFiles, "X.valid.inter": inter("0\t0 1\t2", "2000000000\t2\t1") };
  await inFolder(
    lateUser,
    (folder) =>
      rejects(
        readProcessedDomain(folder, "X"),
        DataError,
        /X\.valid\.inter:3: expected a user index below 2/,
      ),
  );
});

Deno.test("features of another number of items are an error", () =>
  inFolder(
    { ...allFiles, "X.feat1CLS": new Uint8Array(4 * 768 * 4) },
    (folder) => rejects(readProcessedDomain(folder, "X"), DataError, /X\.feat1CLS: expected 3 × 768/),
  ));

Deno.test("files without users are an error", () =>
  inFolder(
    { "X.train.inter": inter(), "X.valid.inter": inter(), "X.test.inter": inter() },
    (folder) => rejects(readProcessedDomain(folder, "X"), DataError, /expected at least one user/),
  ));

const dataRoot = Deno.env.get("UNISREC_DATA");
for (
  const [name, users, items, interactions] of [
    ["Scientific", 8442, 4385, 59_427],
    ["Pantry", 13_101, 4898, 124_956],
    ["Instruments", 24_962, 9964, 207_568],
    ["Games", 50_546, 16_859, 440_264],
  ] as const
) {
  Deno.test({
    name: `${name} as released has the known counts`,
    ignore: !dataRoot,
    fn: async () => {
      const domain = await readProcessedDomain(`${dataRoot}/${name}`, name);
      const counts = [domain.userIds.length, domain.itemIds.length, domain.sequences.items.length];
      assert.deepEqual(counts, [users, items, interactions]);
    },
  });
}

Deno.test("word-dropped features are read where they stand beside the features", () =>
  inFolder({ ...allFiles, "X.feat2CLS": new Uint8Array(3 * 768 * 4) }, async (folder) => {
    const { wordDropped } = await readProcessedDomain(folder, "X");
    assert.deepEqual([wordDropped?.rows, wordDropped?.width], [3, 768]);
  }));

Deno.test("word-dropped features of other items are refused", () =>
  inFolder({ ...allFiles, "X.feat2CLS": new Uint8Array(4 * 768 * 4) }, async (folder) => {
    await assert.rejects(readProcessedDomain(folder, "X"), /X\.feat2CLS: expected 3 × 768/);
  }));
