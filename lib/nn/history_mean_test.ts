import {
  assertGradients,
  assertResult,
  integers,
  type Point,
  randomFloats,
} from "../../tests/check_gradients.ts";
import { historyMean } from "./history_mean.ts";

/** Two rows of four slots: segments of three items and one; of two, and two empty slots. */
const segments = [0, 0, 0, 1, 2, 2, -7, -8];
const positions = [0, 1, 2, 0, 0, 1, 0, 0];
const x = randomFloats([8, 2]);
const point: Point = {
  variables: { x },
  constants: { segments: integers(segments), positions: integers(positions) },
  compute: ({ x, segments, positions }) => historyMean(x, { segments, positions }, 4),
};

Deno.test("every slot gets the mean of its segment up to and with itself", () =>
  assertResult(
    point,
    positions.flatMap((position, slot) =>
      [0, 1].map((column) => {
        const first = slot - position;
        const read = Array.from({ length: position + 1 }, (_, i) => x.values[2 * (first + i) + column]);
        return read.reduce((sum, value) => sum + value) / read.length;
      })
    ),
  ));

Deno.test("the gradients equal central differences", () => assertGradients(point));
