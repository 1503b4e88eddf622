import assert from "node:assert/strict";
import { bytes, createGenerator, integer, normals, restoreGenerator, shuffle, uniform } from "./random.ts";

Deno.test("the same seed gives the same numbers, another seed others", () => {
  const draw = (seed: number) => bytes(createGenerator(seed), 64);
  assert.deepEqual(draw(5), draw(5));
  assert.notDeepEqual(draw(5), draw(6));
});

Deno.test("a restored generator goes on where its state was taken", () => {
  const generator = createGenerator(3);
  bytes(generator, 1000);
  const restored = restoreGenerator(JSON.parse(JSON.stringify(generator.getState())));
  assert.deepEqual(normals(restored, 50), normals(generator, 50));
});

Deno.test("normals have mean 0, the asked deviation and a normal's kurtosis", () => {
  const values = normals(createGenerator(1), 200_001, 0.02);
  const moment = (power: number) => values.reduce((sum, v) => sum + (v / 0.02) ** power, 0) / values.length;
  assert.ok(Math.abs(moment(1)) < 0.01, `mean ${moment(1)}`);
  assert.ok(Math.abs(moment(2) - 1) < 0.015, `variance ${moment(2)}`);
  assert.ok(Math.abs(moment(4) - 3) < 0.1, `kurtosis ${moment(4)}`);
});

Deno.test("bytes, integers and uniforms are spread evenly, also from the first draw on", () => {
  const counts = new Array(256).fill(0);
  for (let seed = 0; seed < 2000; seed++) for (const byte of bytes(createGenerator(seed), 32)) counts[byte]++;
  const expected = 2000 * 32 / 256;
  const chiSquare = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  assert.ok(chiSquare < 350, `chi-square ${chiSquare} with 255 degrees of freedom`);
  const generator = createGenerator(2);
  const draws = Array.from({ length: 30_000 }, () => integer(generator, 3));
  for (const value of [0, 1, 2]) assert.ok(Math.abs(draws.filter((d) => d === value).length - 10_000) < 400);
  assert.ok(Array.from({ length: 1000 }, () => uniform(generator)).every((u) => u >= 0 && u < 1));
});

Deno.test("shuffle keeps the values and reaches every order", () => {
  const generator = createGenerator(9);
  const orders = new Set(Array.from({ length: 500 }, () => shuffle(generator, [1, 2, 3]).join()));
  assert.equal(orders.size, 6);
  assert.deepEqual([...shuffle(generator, Int32Array.from([4, 4, 8]))].sort(), [4, 4, 8]);
});

Deno.test("a seed that is not a 32-bit integer is refused by name", () => {
  assert.throws(() => createGenerator(1.5), {
    name: "ParameterError",
    message: /seed: expected an integer .* found 1\.5/,
  });
  assert.throws(() => restoreGenerator([1]), { name: "CheckpointError" });
});
