import assert from "node:assert/strict";
import { assertGradients, integers, type Point, randomFloats } from "../../tests/check_gradients.ts";
import { sizeOf } from "../engine/array_spec.ts";
import { defaultEncoderConfig, encoderSpecs, encodeSequences } from "./transformer_encoder.ts";

Deno.test("the encoder's parameters are named layer by layer and have the reference's sizes", () => {
  const specs = encoderSpecs(defaultEncoderConfig);
  const shapes = Object.fromEntries(Object.entries(specs).map(([name, { shape }]) => [name, shape]));
  const layers = Object.keys(shapes).filter((name) => name.startsWith("encoder.layers."));
  assert.deepEqual(shapes["positions.embedding"], [50, 300]);
  assert.deepEqual(shapes["input.norm.gain"], [300]);
  assert.deepEqual(shapes["encoder.layers.1.attention.output.kernel"], [300, 300]);
  assert.deepEqual(shapes["encoder.layers.0.feedForward.inner.kernel"], [300, 256]);
  assert.deepEqual(shapes["encoder.layers.0.feedForward.outer.bias"], [300]);
  // two layers of four attention and two feed-forward linear layers and two norms, two parameters each
  assert.equal(layers.length, 2 * 2 * (4 + 2 + 2));
  assert.equal(Object.keys(shapes).length, layers.length + 3);
});

Deno.test("the encoder's gradients equal central differences, with dropout and packed segments", async () => {
  const config = { hiddenSize: 4, innerSize: 3, layers: 1, heads: 2, maxLength: 3, dropout: 0.25 };
  const specs = Object.entries(encoderSpecs(config));
  const point: Point = {
    variables: {
      table: randomFloats([5, 4]),
      ...Object.fromEntries(specs.map(([name, { shape }], seed) => [name, randomFloats([...shape], seed)])),
    },
    constants: {
      items: integers([1, 4, 1, 0, 2, 0]),
      positions: integers([0, 1, 0, 0, 1, 0]),
      segments: integers([0, 0, 1, 2, 2, -6]),
    },
    compute: ({ table, items, positions, segments, ...parameters }, noise) =>
      encodeSequences(table, { items, positions, segments }, parameters, config, noise),
  };
  assert.ok(specs.every(([, { shape }]) => sizeOf(shape) < 20), "small enough for differences");
  await assertGradients(point);
});
