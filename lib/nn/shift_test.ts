import {
  assertGradients,
  assertResult,
  integers,
  type Point,
  randomFloats,
} from "../../tests/check_gradients.ts";
import { shift } from "./shift.ts";

/** Segments of four slots and three, and an empty slot. */
const positions = [0, 1, 2, 3, 0, 1, 2, 0];
const x = randomFloats([8, 2]);
const shiftedBy = (steps: number): Point => ({
  variables: { x },
  constants: { positions: integers(positions) },
  compute: ({ x, positions }) => shift(x, positions, steps),
});

for (const steps of [0, 1, 2, 3, 7, 8]) {
  Deno.test(`every slot gets what stands ${steps} before it in its segment, or zeros`, () =>
    assertResult(
      shiftedBy(steps),
      positions.flatMap((position, slot) =>
        position < steps ? [0, 0] : [...x.values.subarray(2 * (slot - steps), 2 * (slot - steps) + 2)]
      ),
    ));
}

Deno.test("the gradients equal central differences", () => assertGradients(shiftedBy(2)));
