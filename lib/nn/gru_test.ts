import assert from "node:assert/strict";
import {
  assertGradients,
  assertResult,
  derive,
  floats,
  type Given,
  integers,
  type Point,
  randomFloats,
} from "../../tests/check_gradients.ts";
import { engines } from "../../tests/compare_engines.ts";
import { gru, gruSpecs } from "./gru.ts";

const length = 4;
const inputs = 3;
const hiddenSize = 2;

/** Two rows of four slots: segments of three items and one; of two, and two empty slots. */
const positions = integers([0, 1, 2, 0, 0, 1, 0, 0]);
const segments = [[0, 1, 2], [3], [4, 5], [6], [7]];

const variables: Record<string, Given> = {
  x: randomFloats([2 * length, inputs]),
  ...Object.fromEntries(
    Object.entries(gruSpecs("gru", inputs, hiddenSize))
      .map(([name, { shape }], at) => [name, randomFloats([...shape], 3 + at)]),
  ),
};

const point: Point = {
  variables,
  constants: { positions },
  compute: ({ x, positions, ...parameters }) => gru(x, positions, length, parameters, "gru"),
};

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The states after each of a segment's slots in double precision. */
function statesOf(slots: number[]): number[][] {
  const times = (row: number[], part: string, gate: number, unit: number) =>
    row.reduce(
      (sum, value, i) =>
        sum + value * variables[`gru.${part}.kernel`].values[(3 * i + gate) * hiddenSize + unit],
      0,
    );
  let state: number[] = new Array(hiddenSize).fill(0);
  return slots.map((slot) => {
    const x = [...variables.x.values.subarray(slot * inputs, (slot + 1) * inputs)];
    state = state.map((before, unit, whole) => {
      const [reset, update] = [0, 1].map((gate) =>
        sigmoid(times(x, "input", gate, unit) + times(whole, "state", gate, unit))
      );
      const candidate = Math.tanh(times(x, "input", 2, unit) + reset * times(whole, "state", 2, unit));
      return (1 - update) * candidate + update * before;
    });
    return state;
  });
}

Deno.test("the states equal double precision, segment by segment", () =>
  assertResult(point, segments.flatMap((slots) => statesOf(slots)).flat()));

Deno.test("the gradients equal central differences", () => assertGradients(point));

Deno.test("a state depends on its own segment up to its slot, and on nothing else", async () => {
  const changed = floats([2 * length, inputs], variables.x.values);
  changed.values.fill(100, 2 * inputs, 3 * inputs); // slot 2, the last of its segment
  for (const engine of Object.values(engines)) {
    const before = await derive(point, engine);
    const after = await derive({ ...point, variables: { ...variables, x: changed } }, engine);
    const differs = (slot: number) =>
      [0, 1].some((unit) => before.result[2 * slot + unit] !== after.result[2 * slot + unit]);
    assert.deepEqual(segments.flat().filter(differs), [2], engine.name);
  }
});
