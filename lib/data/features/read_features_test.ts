import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { checksumOf } from "../../checksum.ts";
import { DataError } from "../../errors.ts";
import { readFeatures } from "./read_features.ts";
import { featureWidth } from "./width.ts";
import { readFeaturesById } from "./read_features_by_id.ts";
import { inFolder, rejects } from "../test_helpers.ts";

/** Two rows: 0, 1, 2 … and on. */
const values = Float32Array.from({ length: 2 * featureWidth }, (_, i) => i);
const exactly = (items: number) => ({ items, isLeast: false });
const unknown = { items: 0, isLeast: true };
const bytes = new Uint8Array(values.buffer);

Deno.test("rows are little-endian floats, as many as the file holds", () => {
  const written = new Uint8Array(2 * featureWidth * 4);
  const view = new DataView(written.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return inFolder({ "X.feat1CLS": written }, async (folder) => {
    const expected = { values, rows: 2, width: featureWidth };
    assert.deepEqual(await readFeatures(`${folder}/X.feat1CLS`, unknown), expected);
    assert.deepEqual(await readFeatures(`${folder}/X.feat1CLS`, exactly(2)), expected);
  });
});

Deno.test("a file of a wrong size is an error that says both sizes", () =>
  inFolder({ "X.feat1CLS": bytes, "cut": bytes.subarray(0, -1), "empty": "" }, async (folder) => {
    await rejects(
      readFeatures(`${folder}/X.feat1CLS`, exactly(3)),
      DataError,
      /X\.feat1CLS: expected 3 × 768 × 4 = 9216 bytes.*6144/,
    );
    await rejects(
      readFeatures(`${folder}/cut`, unknown),
      DataError,
      /cut: expected rows × 768 × 4 bytes.*6143/,
    );
    await rejects(readFeatures(`${folder}/empty`, unknown), DataError, /0 bytes/);
  }));

Deno.test("a file that is not what the manifest beside it says is refused, by CRC-32 and by SHA-256", async () => {
  const sha = createHash("sha256").update(bytes).digest("hex");
  for (const features of [checksumOf([bytes]), sha]) {
    const note = JSON.stringify({ rows: 2, width: featureWidth, features });
    const flipped = bytes.slice();
    flipped[5000] ^= 1;
    const files = { whole: bytes, "whole.json": note, flipped, "flipped.json": note };
    await inFolder({ ...files, bad: bytes, "bad.json": '{"features":5}' }, async (folder) => {
      assert.deepEqual((await readFeatures(`${folder}/whole`, exactly(2))).values, values);
      await rejects(
        readFeatures(`${folder}/flipped`, exactly(2)),
        DataError,
        /flipped\.json describes, of checksum/,
      );
      await rejects(readFeatures(`${folder}/bad`, exactly(2)), DataError, /hexadecimal digits as features/);
    });
  }
});

for (const damage of [NaN, Infinity, -Infinity]) {
  Deno.test(`${damage} is an error that names the row`, () => {
    const damaged = values.slice();
    damaged[featureWidth + 5] = damage;
    return inFolder(
      { "X.feat1CLS": new Uint8Array(damaged.buffer) },
      (folder) =>
        rejects(
          readFeatures(`${folder}/X.feat1CLS`, exactly(2)),
          DataError,
          /X\.feat1CLS, row 1: .*column 5/,
        ),
    );
  });
}

Deno.test("features by identifier come in the order asked for; an item without a row is an error", () =>
  inFolder({ "X.feat1CLS": bytes, "X.item2index": "a\t1\nb\t0\n" }, async (folder) => {
    const first = await readFeaturesById(`${folder}/X`, ["a"]);
    assert.deepEqual(first, { values: values.slice(featureWidth), rows: 1, width: featureWidth });
    assert.deepEqual((await readFeaturesById(`${folder}/X`, ["b", "a"])).values, values);
    await rejects(
      readFeaturesById(`${folder}/X`, ["a", "c"]),
      DataError,
      /X\.item2index: expected a line of item c/,
    );
  }));
