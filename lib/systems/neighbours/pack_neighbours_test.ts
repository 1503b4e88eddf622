import assert from "node:assert/strict";
import fc from "fast-check";
import { packNeighbours, unpackNeighbours } from "./pack_neighbours.ts";
import { randomNeighbours } from "./test_helpers.ts";

Deno.test("what was packed comes back, its settings through JSON", () => {
  fc.assert(fc.property(randomNeighbours, fc.boolean(), (random, withTexts) => {
    const neighbours = { ...random, texts: withTexts ? random.texts : null };
    const { settings, arrays } = packNeighbours(neighbours);
    assert.deepEqual(
      unpackNeighbours({ settings: JSON.parse(JSON.stringify(settings)), arrays }),
      neighbours,
    );
  }));
});

Deno.test("arrays that are missing or do not fit are refused by name", () => {
  const [random] = fc.sample(randomNeighbours.filter(({ counts }) => counts.pairs.columns.length > 1), 1);
  const packed = packNeighbours(random);
  const { arrays } = packed;
  const damaged: Record<string, Int32Array | Float32Array | undefined> = {
    popularity: undefined,
    countOffsets: arrays.countOffsets.slice(1),
    countColumns: arrays.countColumns.slice(1),
    countValues: Float32Array.from(arrays.countValues, () => NaN),
    textOffsets: Int32Array.from(arrays.textOffsets, (offset, row) => row === 1 ? 1e6 : offset),
    textColumns: Int32Array.from(arrays.textColumns, () => 99),
    textValues: arrays.textValues.slice(1),
  };
  for (const [name, array] of Object.entries(damaged)) {
    const { [name]: _, ...rest } = arrays;
    assert.throws(
      () => unpackNeighbours({ ...packed, arrays: array === undefined ? rest : { ...rest, [name]: array } }),
      { name: "CheckpointError", message: new RegExp(`^array ${name} of neighbours: `) },
    );
  }
});
