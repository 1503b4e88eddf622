import assert from "node:assert/strict";
import type { Archive } from "./archive.ts";
import type { StoredTensor } from "./pickled.ts";
import { readTensor } from "./read_tensor.ts";

const stored = Float32Array.of(1, 2, 3, 4, 5, 6);

function archiveOf(values: { buffer: ArrayBuffer }): Archive {
  const bytes = new Uint8Array(values.buffer);
  return { path: "model.pth", pickle: new Uint8Array(), readStorage: () => Promise.resolve(bytes) };
}

function tensorOf(change: Partial<StoredTensor> = {}, type = "FloatStorage", length = 6): StoredTensor {
  const storage = { kind: "storage", key: "0", type, length } as const;
  return { kind: "tensor", storage, offset: 0, shape: [2, 3], strides: [3, 1], ...change };
}

async function assertRefused(tensor: StoredTensor, message: RegExp, values = stored) {
  await assert.rejects(readTensor(archiveOf(values), tensor, "weight"), { name: "CheckpointError", message });
}

Deno.test("a tensor's values are those from its offset on", async () => {
  assert.deepEqual(await readTensor(archiveOf(stored), tensorOf(), "weight"), {
    shape: [2, 3],
    values: stored,
  });
  const row = tensorOf({ offset: 3, shape: [3], strides: [1] });
  assert.deepEqual((await readTensor(archiveOf(stored), row, "weight")).values, Float32Array.of(4, 5, 6));
  const scalar = tensorOf({ offset: 5, shape: [], strides: [] });
  assert.deepEqual(await readTensor(archiveOf(stored), scalar, "weight"), {
    shape: [],
    values: Float32Array.of(6),
  });
});

Deno.test("the stride of an axis with one element does not matter", async () => {
  const column = tensorOf({ shape: [1, 6, 1], strides: [99, 1, 42] });
  assert.deepEqual((await readTensor(archiveOf(stored), column, "weight")).values, stored);
});

Deno.test("floats of 16 and 64 bits become 32-bit ones", async () => {
  const numbers = [0, 1, -2, 0.5, 0.25, 3];
  const wide = new Uint32Array(Float32Array.from(numbers).buffer);
  for (
    const [type, array] of [
      ["HalfStorage", Float16Array.from(numbers)],
      ["DoubleStorage", Float64Array.from(numbers)],
      ["BFloat16Storage", Uint16Array.from(wide, (word) => word >>> 16)],
    ] as const
  ) {
    const { values } = await readTensor(archiveOf(array), tensorOf({}, type), "weight");
    assert.deepEqual([...values], numbers, type);
  }
});

Deno.test("other types of numbers are refused", async () => {
  await assertRefused(
    tensorOf({}, "LongStorage"),
    /^model\.pth, tensor weight: expected floats .* found LongStorage\./,
  );
});

Deno.test("transposed, expanded and strided tensors are refused", async () => {
  for (const strides of [[1, 2], [0, 1], [1, 1], [6, 2]]) {
    await assertRefused(
      tensorOf({ strides }),
      /values row by row, but found strides \[.*\] for shape \[2, 3\]/,
    );
  }
});

Deno.test("a tensor that goes beyond its stored numbers is refused", async () => {
  await assertRefused(tensorOf({ offset: 1 }), /6 values from 1 on, but found 6 stored numbers/);
  await assertRefused(tensorOf({ shape: [2 ** 30, 2 ** 30], strides: [2 ** 30, 1] }), /6 stored numbers/);
});

Deno.test("a tensor without values is refused, whatever its other extents", async () => {
  for (const shape of [[0, 3], [2 ** 53 - 1, 0], [0]]) {
    const empty = tensorOf({ shape, strides: shape.map((_, axis) => axis === 0 ? shape[1] ?? 1 : 1) });
    await assertRefused(empty, /expected at least one value, but found shape \[/);
  }
});

Deno.test("stored numbers that are fewer or more than said are refused", async () => {
  await assertRefused(tensorOf({}, "FloatStorage", 7), /data\/0: expected 28 bytes, but found 24 bytes/);
  await assertRefused(
    tensorOf({ shape: [1, 3] }, "FloatStorage", 3),
    /expected 12 bytes, but found 24 bytes/,
  );
});

Deno.test("numbers that are not finite are refused", async () => {
  for (const fault of [NaN, Infinity, -Infinity]) {
    const values = Float32Array.of(1, 2, 3, fault, 5, 6);
    await assertRefused(tensorOf(), new RegExp(`finite numbers, but found ${fault} as value 3`), values);
  }
});
