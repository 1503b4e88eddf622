// Data sets in each of the formats that a profile can have.
import assert from "node:assert/strict";
import type { Domain } from "../../../lib/data/domain.ts";
import type { ColumnMapping } from "../../../lib/data/reading/columns.ts";
import { readFeatureTable } from "../../../lib/data/features/feature_tables.ts";
import { examples, parquetOf } from "../../../lib/data/formats/examples.ts";
import { loadDomain } from "../../../lib/data/profile.ts";
import { encode, type Files, type FuzzReader } from "../reader.ts";

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

function rawReader(
  name: string,
  profile: string,
  files: () => Files | Promise<Files>,
  columns?: ColumnMapping,
): FuzzReader {
  return {
    name,
    onDisk: true,
    open: async (work) => ({
      originals: [await files()],
      async read(folder) {
        const [dataRoot, cacheRoot] = [`${work}/raw`, `${work}/processed`];
        await Deno.mkdir(dataRoot, { recursive: true });
        await Deno.rename(folder, `${dataRoot}/${profile}`);
        try {
          const options = { dataRoot, cacheRoot, columns };
          const domain = await loadDomain(profile, null, options);
          checkDomain(domain);
          // what was kept of it is read the second time
          assert.deepEqual(await loadDomain(profile, null, options), domain);
        } finally {
          await Deno.remove(dataRoot, { recursive: true });
          await Deno.remove(cacheRoot, { recursive: true }).catch(() => {});
        }
      },
    }),
  };
}

const inBytes = (files: Record<string, string | Uint8Array>): Files =>
  Object.fromEntries(
    Object.entries(files).map((
      [name, content],
    ) => [name, typeof content === "string" ? encode(content) : content]),
  );

/** Vectors that were made elsewhere. */
function featureReader(
  name: string,
  file: string,
  bytes: Uint8Array | (() => Promise<Uint8Array>),
): FuzzReader {
  return {
    name,
    open: async () => ({
      originals: [{ [`Toys.${file}`]: typeof bytes === "function" ? await bytes() : bytes }],
      async read(folder) {
        const { table: { values, rows, width }, ids } = (await readFeatureTable(`${folder}/Toys`))!;
        assert(Number.isSafeInteger(rows) && Number.isSafeInteger(width) && rows > 0 && width > 0);
        assert(values.length === rows * width && values.every(Number.isFinite));
        assert(ids === null || ids.every((id) => typeof id === "string"));
      },
    }),
  };
}

const numbers = new Uint8Array(Float32Array.from({ length: 6 }, (_, i) => i / 7).buffer);

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const npyHeader = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".padEnd(117) + "\n";
const npy = join(
  Uint8Array.of(0x93),
  encode("NUMPY"),
  Uint8Array.of(1, 0, 118, 0),
  encode(npyHeader),
  numbers,
);

const tensorHeader = encode(JSON.stringify({
  __metadata__: { ids: '["a","b"]', encoder: "mine" },
  vectors: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
}));
const tensorFile = join(Uint8Array.of(tensorHeader.length, 0, 0, 0, 0, 0, 0, 0), tensorHeader, numbers);

const parquetFeatures = () =>
  parquetOf({ item_id: ["a", "b", "c"], vector: [[0, 1, 2], [3, 4, 5], [6, 7, 8]] });

export const rawDataReaders = [
  featureReader("NumPy features", "features.npy", npy),
  featureReader("safetensors features", "features.safetensors", tensorFile),
  featureReader("Parquet features", "features.parquet", parquetFeatures),
  rawReader("processed data", "Toys", () => processed),
  ...examples.map(({ row, name, files, columns }) =>
    rawReader(row, name, async () => inBytes(await files()), columns as ColumnMapping)
  ),
];
