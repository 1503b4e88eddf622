import assert from "node:assert/strict";
import { drawWeights, tinyShape } from "../../../tests/random_bert/weights.ts";
import { writeBertFolder } from "../../../tests/random_bert/write_folder.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { DataError, StorageError } from "../../errors.ts";
import { createGenerator, integer } from "../../random.ts";
import { type BertEncoder, loadBert } from "../encoder/encoder.ts";
import { encodeShard, encodeToFile } from "./feature_file.ts";
import { hashFile } from "./hash_file.ts";
import { readEncoded } from "./publish_features.ts";

const words = ["red", "shirt", "guitar", "string", "cat", "the", "pro", "kit"];
const generator = createGenerator(9);
const texts = Array.from(
  { length: 200 },
  () => Array.from({ length: 1 + integer(generator, 40) }, () => words[integer(generator, 8)]).join(" "),
);

/** Runs a test with a tiny model and the path of a feature file that is not there yet. */
function withModel(test: (encoder: BertEncoder, path: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    await writeBertFolder(`${folder}/model`, tinyShape, drawWeights(tinyShape, 1, 0.3));
    const encoder = await loadBert({ model: `${folder}/model` });
    try {
      await Deno.mkdir(`${folder}/features`);
      await test(encoder, `${folder}/features/Toys.feat1CLS`);
    } finally {
      await encoder.release();
    }
  });
}

const siblings = (path: string) =>
  Array.from(Deno.readDirSync(path.slice(0, path.lastIndexOf("/"))), ({ name }) => name).sort();
const whole = ["Toys.feat1CLS", "Toys.feat1CLS.json"];

/** Encodes until `batches` batches are written, then fails. */
async function interrupt(
  path: string,
  texts: string[],
  encoder: BertEncoder,
  batches: number,
): Promise<void> {
  let seen = 0;
  await assert.rejects(
    encodeToFile(path, texts, encoder, () => {
      if (++seen === batches) throw new Error("interrupted");
    }),
    /interrupted/,
  );
}

Deno.test("each row is its text's vector, in the order of the texts, with little padding", () =>
  withModel(async (encoder, path) => {
    const { encoded, padding } = await encodeToFile(path, texts, encoder);
    assert.equal(encoded, new Set(texts).size);
    assert.ok(padding < 0.1);
    const { values, rows, width } = await readEncoded(path);
    assert.deepEqual([rows, width, values.length], [200, tinyShape.hidden, 200 * tinyShape.hidden]);
    for (const row of [0, 17, 199]) {
      const expected = await encoder.encode([encoder.tokenize(texts[row])]);
      expected.forEach((value, i) => assert.ok(Math.abs(value - values[row * width + i]) <= 1e-6));
    }
    assert.deepEqual(siblings(path), whole);
  }));

Deno.test("an interrupted encoding goes on where it was, and the file is that of an uninterrupted one", () =>
  withModel(async (encoder, path) => {
    const repeated = [...texts, texts[3], texts[77]];
    await interrupt(path, repeated, encoder, 2);
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
    await interrupt(path, repeated, encoder, 1);
    const done: number[] = [];
    const { encoded } = await encodeToFile(path, repeated, encoder, (progress) => done.push(progress.done));
    assert.ok(encoded < new Set(texts).size, "what was done is not done again");
    assert.equal(done.at(-1), repeated.length);

    await encodeToFile(`${path}.whole`, repeated, encoder);
    assert.deepEqual(await Deno.readFile(path), await Deno.readFile(`${path}.whole`));
  }));

Deno.test("unchanged texts are kept to the bit wherever they have moved, changed ones are encoded", () =>
  withModel(async (encoder, path) => {
    await encodeToFile(path, texts, encoder);
    const before = await readEncoded(path);
    assert.deepEqual(await encodeToFile(path, texts, encoder), { encoded: 0, reused: 200, padding: 0 });

    const changed = ["a cat in the kit", ...texts.slice(1).reverse()];
    const report = await encodeToFile(path, changed, encoder);
    assert.deepEqual([report.encoded, report.reused], [1, 199]);
    const { values, width } = await readEncoded(path);
    assert.deepEqual(values.slice(width, 2 * width), before.values.slice(199 * width));
    assert.notDeepEqual(values.slice(0, width), before.values.slice(0, width));
  }));

Deno.test("an interrupted change leaves the old file as it was, and ends as if not interrupted", () =>
  withModel(async (encoder, path) => {
    await encodeToFile(path, texts, encoder);
    const before = await Deno.readFile(path);
    const changed = texts.map((text, i) => i % 2 ? text : `${text} cat`);
    await interrupt(path, changed, encoder, 1);
    assert.deepEqual(await Deno.readFile(path), before);
    await encodeToFile(path, changed, encoder);

    await encodeToFile(`${path}.whole`, texts, encoder);
    await encodeToFile(`${path}.whole`, changed, encoder);
    assert.deepEqual(await Deno.readFile(path), await Deno.readFile(`${path}.whole`));
  }));

Deno.test("another model encodes everything again", () =>
  withModel(async (encoder, path) => {
    await encodeToFile(path, texts, encoder);
    await interrupt(path, ["the cat", ...texts], encoder, 1);
    const other = { ...encoder, settings: { ...encoder.settings, pooling: "mean" as const } };
    assert.equal((await encodeToFile(path, texts, other)).encoded, new Set(texts).size);
    assert.deepEqual(siblings(path), whole, "what was left unfinished is cleared away");
  }));

Deno.test("a changed or missing file is never taken for what its manifest says", () =>
  withModel(async (encoder, path) => {
    const damages: ((path: string) => Promise<void>)[] = [
      (path) => Deno.truncate(path, 640),
      (path) => Deno.writeFile(path, new Uint8Array(200 * tinyShape.hidden * 4)),
      (path) => flipBit(path, 12_345),
      (path) => Deno.remove(path),
      (path) => Deno.remove(`${path}.json`),
    ];
    await encodeToFile(path, texts, encoder);
    const before = await Deno.readFile(path);
    for (const damage of damages) {
      await damage(path);
      await assert.rejects(readEncoded(path), DataError);
      assert.equal((await encodeToFile(path, texts, encoder)).encoded, new Set(texts).size);
      assert.deepEqual(await Deno.readFile(path), before);
    }
  }));

Deno.test("a damaged manifest is refused with the field at fault, and removing it mends it", () =>
  withModel(async (encoder, path) => {
    await encodeToFile(path, texts, encoder);
    const manifest = JSON.parse(await Deno.readTextFile(`${path}.json`));
    const faults: [string, RegExp][] = [
      ["", /Toys\.feat1CLS\.json: expected JSON/],
      ['{"rows":', /json: expected JSON/],
      ["null", /json: expected an object, but found null/],
      ...([
        [
          { rows: 2 ** 31 },
          /json, texts: expected 16 characters for each of 2147483648 rows, but found 3200/,
        ],
        [{ rows: -1 }, /json, rows: expected a whole number of at least 0, but found -1/],
        [{ width: null }, /json, width: expected a whole number of at least 1, but found null/],
        [{ features: 5 }, /json, features: expected a text, but found 5/],
        [{ settings: null }, /json, settings: expected an object, but found null/],
        [{ other: 1 }, /json, other: expected no such field/],
      ] as const).map((
        [change, message],
      ): [string, RegExp] => [JSON.stringify({ ...manifest, ...change }), message]),
    ];
    for (const [text, message] of faults) {
      await Deno.writeTextFile(`${path}.json`, text);
      await assert.rejects(readEncoded(path), { name: "DataError", message });
      await assert.rejects(encodeToFile(path, texts, encoder), { name: "DataError", message });
    }
    await Deno.remove(`${path}.json`);
    await encodeToFile(path, texts, encoder);
    assert.equal((await readEncoded(path)).rows, 200);
  }));

Deno.test("a manifest that was written before, with a SHA-256, still serves", () =>
  withModel(async (encoder, path) => {
    await encodeToFile(path, texts, encoder);
    const manifest = JSON.parse(await Deno.readTextFile(`${path}.json`));
    const features = await hashFile(path);
    await Deno.writeTextFile(`${path}.json`, JSON.stringify({ ...manifest, features }));
    assert.equal((await readEncoded(path)).rows, 200);
    assert.equal((await encodeToFile(path, texts, encoder)).encoded, 0);
    await flipBit(path, 7);
    await assert.rejects(readEncoded(path), DataError);
  }));

async function flipBit(path: string, bit: number): Promise<void> {
  const bytes = await Deno.readFile(path);
  bytes[bit >> 3] ^= 1 << bit % 8;
  await Deno.writeFile(path, bytes);
}

Deno.test("an end between the two renamings is ended by the next run", () =>
  withModel(async (encoder, path) => {
    await encodeToFile(path, texts, encoder);
    await Deno.rename(`${path}.json`, `${path}.json.pending`);
    assert.equal((await encodeToFile(path, texts, encoder)).encoded, 0);
    assert.deepEqual(siblings(path), whole);
  }));

Deno.test("a disk that is full keeps what is encoded and is never a whole file", () =>
  withModel(async (encoder, path) => {
    const { write } = Deno.FsFile.prototype;
    let room = 60;
    Deno.FsFile.prototype.write = function (bytes) {
      if (room-- > 0) return write.call(this, bytes);
      return Promise.reject(Object.assign(new Error("No space left on device"), { code: "ENOSPC" }));
    };
    try {
      await assert.rejects(
        encodeToFile(path, texts, encoder),
        (error) =>
          error instanceof StorageError &&
          /saved before is whole: free some space/.test(error.message),
      );
    } finally {
      Deno.FsFile.prototype.write = write;
    }
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
    assert.ok((await encodeToFile(path, texts, encoder)).encoded < new Set(texts).size);
    await encodeToFile(`${path}.whole`, texts, encoder);
    assert.deepEqual(await Deno.readFile(path), await Deno.readFile(`${path}.whole`));
  }));

Deno.test("two runs on the same texts do not get in each other's way", () =>
  withModel(async (encoder, path) => {
    const results = await Promise.allSettled([1, 2].map(() => encodeToFile(path, texts, encoder)));
    const refused = results.filter((result) => result.status === "rejected");
    for (const { reason } of refused) assert.match(reason.message, /another process/);
    assert.ok(refused.length <= 1);
    assert.equal((await readEncoded(path)).rows, 200);
  }));

Deno.test("a text without tokens is an error that names the item, and nothing is written", () =>
  withModel(async (encoder, path) => {
    for (const empty of ["", "   ", "\u0000\u0007", "\ud800"]) {
      await assert.rejects(
        encodeToFile(path, ["the cat", empty], encoder),
        (error) => error instanceof DataError && error.problem.where === `text of item 1 for ${path}`,
      );
    }
    assert.deepEqual(siblings(path), []);
  }));

for (const taken of [[1, 2, 3], [3, 1], []]) {
  Deno.test(`of three shares ${taken.length} are encoded apart, and the file is that of one process`, () =>
    withModel(async (encoder, path) => {
      const repeated = [...texts, texts[3], texts[77]];
      let apart = 0;
      for (const number of taken) {
        const done: number[] = [];
        const { encoded } = await encodeShard(path, repeated, encoder, { number, of: 3 }, (progress) => {
          done.push(progress.done);
          assert.ok(progress.done <= progress.total);
        });
        apart += encoded;
        assert.equal(done.at(-1), encoded);
        const again = await encodeShard(path, repeated, encoder, { number, of: 3 });
        assert.equal(again.encoded, 0, "what is done is not done again");
      }
      await assert.rejects(Deno.stat(path), Deno.errors.NotFound, "a share is never taken for the whole");
      const { encoded } = await encodeToFile(path, repeated, encoder);
      assert.equal(apart + encoded, new Set(texts).size, "each text is encoded once");
      if (taken.length === 3) assert.equal(encoded, 0);
      assert.deepEqual(siblings(path), whole);

      await encodeToFile(`${path}.whole`, repeated, encoder);
      assert.deepEqual(await Deno.readFile(path), await Deno.readFile(`${path}.whole`));
    }));
}

Deno.test("a share that was interrupted goes on, and so does what puts the shares together", () =>
  withModel(async (encoder, path) => {
    const shard = { number: 1, of: 2 };
    await assert.rejects(
      encodeShard(path, texts, encoder, shard, () => {
        throw new Error("interrupted");
      }),
      /interrupted/,
    );
    const { encoded } = await encodeShard(path, texts, encoder, shard);
    await encodeShard(path, texts, encoder, { number: 2, of: 2 });
    await interrupt(path, [...texts, "other texts"], encoder, 1); // which share nothing
    const whole = await encodeToFile(path, texts, encoder);
    assert.ok(encoded > 0);
    assert.equal(whole.encoded, 0);
  }));
