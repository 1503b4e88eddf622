import assert from "node:assert/strict";
import fc from "fast-check";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { readSafetensors, type SavedTensor, writeSafetensors } from "./safetensors.ts";

const withFile = (test: (path: string) => Promise<void>) =>
  withTemporaryFolder((folder) => test(`${folder}/file.safetensors`));

/** Lays out a file by hand: length, header, data. */
const fileOf = (header: string | Uint8Array, data = new Uint8Array(0), headerLength?: number): Uint8Array => {
  const bytes = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + bytes.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength ?? bytes.length), true);
  file.set(bytes, 8);
  file.set(data, 8 + bytes.length);
  return file;
};

const arbitraryTensor: fc.Arbitrary<SavedTensor> = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
  .chain(
    (shape) => {
      const size = shape.reduce((product, n) => product * n, 1);
      const exactly = { minLength: size, maxLength: size };
      return fc.oneof(fc.float32Array(exactly), fc.int32Array(exactly), fc.uint8Array(exactly))
        .map((values) => ({ shape, values }));
    },
  );

const arbitraryName = fc.string({ unit: "binary" }).filter((name) => name !== "__metadata__");

Deno.test("what is written is read back, bit for bit, whatever the names, shapes and types", () =>
  withFile(async (path) => {
    const tensors = fc.dictionary(arbitraryName, arbitraryTensor, { noNullPrototype: true });
    const metadata = fc.dictionary(fc.string(), fc.string({ unit: "binary" }), { noNullPrototype: true });
    await fc.assert(fc.asyncProperty(tensors, metadata, async (tensors, metadata) => {
      await writeSafetensors(path, tensors, metadata);
      const read = await readSafetensors(path);
      assert.deepEqual(read, { tensors, metadata });
    }));
  }));

Deno.test("a file laid out by hand is read, also with tensors out of order and off alignment", () =>
  withFile(async (path) => {
    const header = {
      "second": { dtype: "F32", shape: [2], data_offsets: [3, 11] },
      "first": { dtype: "U8", shape: [3, 1], data_offsets: [0, 3] },
      "empty": { dtype: "I32", shape: [0, 7], data_offsets: [3, 3] },
      "scalar": { dtype: "I32", shape: [], data_offsets: [11, 15] },
    };
    const data = new Uint8Array(15);
    const view = new DataView(data.buffer);
    data.set([7, 8, 9]);
    view.setFloat32(3, 1.5, true);
    view.setFloat32(7, -0.25, true);
    view.setInt32(11, -2, true);
    await Deno.writeFile(path, fileOf(JSON.stringify(header) + "   ", data));
    assert.deepEqual(await readSafetensors(path), {
      tensors: {
        second: { shape: [2], values: Float32Array.of(1.5, -0.25) },
        first: { shape: [3, 1], values: Uint8Array.of(7, 8, 9) },
        empty: { shape: [0, 7], values: new Int32Array(0) },
        scalar: { shape: [], values: Int32Array.of(-2) },
      },
      metadata: {},
    });
  }));

Deno.test("the bytes follow from the contents alone, and the data begin at a multiple of eight", () =>
  withFile(async (path) => {
    const tensors = {
      b: { shape: [1], values: Float32Array.of(1) },
      a: { shape: [2], values: Int32Array.of(2, 3) },
    };
    await writeSafetensors(path, tensors, { note: "x" });
    const file = await Deno.readFile(path);
    const headerLength = Number(new DataView(file.buffer).getBigUint64(0, true));
    assert.equal(headerLength % 8, 0);
    assert.equal(
      new TextDecoder().decode(file.subarray(8, 8 + headerLength)).trimEnd(),
      '{"__metadata__":{"crc32":"87ba53c4","note":"x"},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},' +
        '"a":{"dtype":"I32","shape":[2],"data_offsets":[4,12]}}',
    );
    assert.deepEqual([...new Int32Array(file.slice(8 + headerLength + 4).buffer)], [2, 3]);
    await writeSafetensors(path, tensors, { note: "x" });
    assert.deepEqual(await Deno.readFile(path), file);
  }));

Deno.test("a view of a larger buffer is written as the view", () =>
  withFile(async (path) => {
    const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    await writeSafetensors(path, { view: { shape: [2], values } }, {});
    assert.deepEqual([...(await readSafetensors(path)).tensors.view.values], [2, 3]);
  }));

Deno.test("a tensor whose shape is not that of its values is not written", () =>
  withFile(async (path) => {
    const values = new Float32Array(5);
    await assert.rejects(writeSafetensors(path, { kernel: { shape: [2, 3], values } }, {}), {
      name: "ParameterError",
      message: /^tensor kernel: expected 6 values for shape \[2, 3\], but found 5 values/,
    });
    await assert.rejects(writeSafetensors(path, { __metadata__: { shape: [5], values } }, {}), {
      name: "ParameterError",
    });
    await assert.rejects(writeSafetensors(path, {}, { crc32: "1" }), { name: "ParameterError" });
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  }));

Deno.test("every changed bit is noticed", () =>
  withFile(async (path) => {
    const tensors = { "0": { shape: [2], values: Float32Array.of(0.5, -2) } };
    const contents = { tensors, metadata: { state: '{"epoch":3}' } };
    await writeSafetensors(path, contents.tensors, contents.metadata);
    const file = await Deno.readFile(path);
    let asWithout = 0;
    for (let bit = 0; bit < 8 * file.length; bit++) {
      const damaged = file.slice();
      damaged[bit >> 3] ^= 1 << bit % 8;
      await Deno.writeFile(path, damaged);
      try {
        // in the checksum's own name, a changed bit leaves a file with one more piece of metadata and the same contents
        const { tensors, metadata } = await readSafetensors(path);
        assert.deepEqual(tensors, contents.tensors, `bit ${bit}`);
        assert.equal(metadata.state, contents.metadata.state, `bit ${bit}`);
        assert.equal(Object.keys(metadata).length, 2, `bit ${bit}`);
        asWithout++;
      } catch (error) {
        assert((error as Error).name === "CheckpointError", `bit ${bit}: ${error}`);
      }
    }
    assert(asWithout <= 8 * "crc32".length, `${asWithout} bits`);
  }));

Deno.test("a file of which other software has changed a tensor but kept the checksum is refused", () =>
  withFile(async (path) => {
    const header = {
      __metadata__: { note: "x", crc32: "87ba53c4" },
      kernel: { dtype: "U8", shape: [2], data_offsets: [0, 2] },
    };
    await Deno.writeFile(path, fileOf(JSON.stringify(header), Uint8Array.of(1, 2)));
    await assert.rejects(readSafetensors(path), {
      name: "CheckpointError",
      message:
        /expected the bytes that were written, of checksum 87ba53c4, .* leave out the metadata "crc32"/,
    });
  }));

Deno.test("a string of many megabytes in the header is no trouble", () =>
  withFile(async (path) => {
    const metadata = { state: "x".repeat(8 * 2 ** 20), slashes: '\\"'.repeat(2 ** 20) };
    await writeSafetensors(path, {}, metadata);
    assert.deepEqual(await readSafetensors(path), { tensors: {}, metadata });
  }));

const entry = (fields: Record<string, unknown>) =>
  JSON.stringify({ kernel: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...fields } });
const two = (first: [number, number], second: [number, number]) =>
  JSON.stringify({
    first: { dtype: "U8", shape: [first[1] - first[0]], data_offsets: first },
    second: { dtype: "U8", shape: [second[1] - second[0]], data_offsets: second },
  });
const eight = new Uint8Array(8);

/** Each kind of damage, the file that has it, and what the message must say. */
const damagedFiles: [string, Uint8Array, RegExp][] = [
  ["an empty file", new Uint8Array(0), /8 more bytes.*after 0/],
  ["a length cut off", new Uint8Array(5), /8 more bytes.*after 5/],
  ["a header longer than the file", fileOf("{}", undefined, 3), /header of at most 2 bytes.*found 3/],
  ["an absurd header length", fileOf("{}", undefined, 2 ** 53), /header of at most 2 bytes/],
  ["a header that is not UTF-8", fileOf(Uint8Array.of(0x7b, 0xff, 0x7d)), /UTF-8/],
  ["a header that is not JSON", fileOf('{"a":'), /expected JSON/],
  ["an empty header", fileOf(""), /expected JSON/],
  ["a header that is no object", fileOf("[]"), /begins with \{/],
  ["blanks before the header", fileOf(" {}"), /begins with \{/],
  [
    "a name twice",
    fileOf(entry({}).slice(0, -1) + "," + entry({}).slice(1), eight),
    /every name once.*"kernel" twice/,
  ],
  [
    "a name twice, once escaped",
    fileOf(entry({}).slice(0, -1) + "," + entry({}).slice(1).replace("k", "\\u006b"), eight),
    /"kernel" twice/,
  ],
  ["a field twice", fileOf(entry({}).replace('"shape"', '"shape":[2],"shape"'), eight), /"shape" twice/],
  ["metadata that is no object", fileOf('{"__metadata__":3}'), /__metadata__: expected an object of strings/],
  [
    "metadata that are no strings",
    fileOf('{"__metadata__":{"a":3}}'),
    /__metadata__: expected an object of strings/,
  ],
  ["an entry that is no object", fileOf('{"kernel":[]}'), /tensor kernel: .*dtype, shape and data_offsets/],
  ["no dtype", fileOf(entry({ dtype: undefined }), eight), /tensor kernel: .*a dtype of F32, I32, U8.*none/],
  ["an unknown dtype", fileOf(entry({ dtype: "F64" }), eight), /a dtype of F32, I32, U8.*"F64"/],
  ["a dtype from the prototype", fileOf(entry({ dtype: "toString" }), eight), /a dtype of F32, I32, U8/],
  ["no shape", fileOf(entry({ shape: undefined }), eight), /a shape.*none/],
  ["a negative size", fileOf(entry({ shape: [-2] }), eight), /a shape.*\[-2\]/],
  ["a broken size", fileOf(entry({ shape: [1.5] }), eight), /a shape.*\[1\.5\]/],
  ["no offsets", fileOf(entry({ data_offsets: undefined }), eight), /data_offsets.*none/],
  ["one offset", fileOf(entry({ data_offsets: [8] }), eight), /data_offsets.*\[8\]/],
  ["offsets that run backwards", fileOf(entry({ data_offsets: [8, 0] }), eight), /data_offsets.*\[8,0\]/],
  ["a shape of another size", fileOf(entry({ shape: [3] }), eight), /12 bytes for F32 \[3\].*found 8 bytes/],
  ["an overlap", fileOf(two([0, 5], [4, 8]), eight), /tensor second: .*byte 5.*an overlap: data from byte 4/],
  ["a gap", fileOf(two([0, 3], [4, 8]), eight), /tensor second: .*byte 3.*a gap: data from byte 4/],
  ["a gap at the start", fileOf(two([1, 4], [4, 8]), eight), /tensor first: .*byte 0.*a gap/],
  ["data cut off", fileOf(entry({}), eight.slice(1)), /8 bytes of data.*found 7 bytes/],
  ["data too long", fileOf(entry({}), new Uint8Array(9)), /8 bytes of data.*found 9 bytes/],
];

for (const [name, bytes, message] of damagedFiles) {
  Deno.test(`${name} is refused by name`, () =>
    withFile(async (path) => {
      await Deno.writeFile(path, bytes);
      await assert.rejects(readSafetensors(path), (error: Error) => {
        assert.equal(error.name, "CheckpointError");
        assert.ok(error.message.startsWith(path), error.message);
        assert.match(error.message, message);
        return true;
      });
    }));
}

Deno.test("no file is refused by name", () =>
  withFile((path) =>
    assert.rejects(readSafetensors(path), {
      name: "CheckpointError",
      message: /expected a safetensors file.*no file/,
    })
  ));

Deno.test("a file cut off anywhere is refused", () =>
  withFile(async (path) => {
    await writeSafetensors(path, { kernel: { shape: [2], values: Float32Array.of(1, 2) } }, { epoch: "1" });
    const whole = await Deno.readFile(path);
    for (let length = 0; length < whole.length; length++) {
      await Deno.writeFile(path, whole.subarray(0, length));
      await assert.rejects(readSafetensors(path), { name: "CheckpointError" }, `${length} bytes`);
    }
  }));

Deno.test("floats of 16 bits become 32-bit ones", () =>
  withTemporaryFolder(async (folder) => {
    const header = JSON.stringify({
      half: { dtype: "F16", shape: [2], data_offsets: [0, 4] },
      brain: { dtype: "BF16", shape: [1, 2], data_offsets: [4, 8] },
    });
    const bytes = new Uint8Array(8 + header.length + 8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(new TextEncoder().encode(header), 8);
    bytes.set([0x00, 0x3c, 0x00, 0xc0, 0x80, 0x3f, 0x00, 0xc0], 8 + header.length);
    await Deno.writeFile(`${folder}/half.safetensors`, bytes);
    const { tensors } = await readSafetensors(`${folder}/half.safetensors`);
    assert.deepEqual(tensors.half, { shape: [2], values: Float32Array.of(1, -2) });
    assert.deepEqual(tensors.brain, { shape: [1, 2], values: Float32Array.of(1, -2) });
  }));
