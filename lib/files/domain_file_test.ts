import assert from "node:assert/strict";
import { smallDomain } from "../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import type { Domain } from "../data/domain.ts";
import { readDomain, saveDomain } from "./domain_file.ts";
import { writeSafetensors } from "./safetensors.ts";

const small: Domain = smallDomain();
const { sequences } = small;
const ends = Int32Array.from(
  small.userIds,
  (_, user) => sequences.offsets[user + 1] - sequences.offsets[user] - 1,
);
const split = { trainEnds: ends, validEnds: ends };

for (
  const [what, domain] of Object.entries<Domain>({
    "with features": { wordDropped: null, ...small },
    "with an encoder's name and dropped words": {
      ...small,
      features: { ...small.features!, encoder: "bert" },
      wordDropped: small.features,
    },
    "without texts": { ...small, itemTexts: null, features: null, wordDropped: null },
    "with half of a surrogate pair in a text": {
      wordDropped: null,
      ...small,
      itemTexts: small.itemIds.map(() => "\ud83d"),
    },
    "split by time": {
      wordDropped: null,
      ...small,
      sequences: { ...sequences, split: { ...split, times: { validFrom: "2020-08-01", testFrom: 3 } } },
    },
    "joined of domains that are split by time": {
      wordDropped: null,
      ...small,
      sequences: { ...sequences, split },
    },
  })
) {
  Deno.test(`a domain ${what} comes back as it was`, () =>
    withTemporaryFolder(async (folder) => {
      const path = `${folder}/domain.safetensors`;
      await saveDomain(path, domain);
      assert.deepEqual(await readDomain(path), domain);
    }));
}

Deno.test("a file of something else is refused by name", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/other.safetensors`;
    await writeSafetensors(path, {}, {});
    await assert.rejects(readDomain(path), { name: "CheckpointError", message: /other\.safetensors/ });
    await writeSafetensors(path, {}, {
      domain: JSON.stringify({ name: "A", features: null, wordDropped: null, isByTime: false, times: null }),
    });
    await assert.rejects(readDomain(path), { name: "CheckpointError", message: /other.*the array / });
  }));

Deno.test("a file whose parts do not fit each other is refused", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/domain.safetensors`;
    const { items, offsets } = sequences;
    const changes: [Partial<Domain>, RegExp][] = [
      [{ itemIds: small.itemIds.slice(1) }, /an item that there is not/],
      [{ userIds: small.userIds.slice(1) }, /79 names of 80 users/],
      [{ itemTexts: ["one"] }, /1 texts of 30 items/],
      [{ wordDropped: { values: new Float32Array(4), rows: 2, width: 2 } }, /2 feature rows of 30 items/],
      [{ sequences: { items, offsets: offsets.toReversed() } }, /offsets/],
      [{ sequences: { items, offsets, split: { ...split, trainEnds: ends.slice(1) } } }, /split/],
    ];
    for (const [changed, message] of changes) {
      await saveDomain(path, { ...small, ...changed });
      await assert.rejects(readDomain(path), { name: "CheckpointError", message });
    }
  }));
