import {
  assertGradients,
  assertResult,
  integers,
  type Point,
  randomFloats,
} from "../../tests/check_gradients.ts";
import { atSegmentEnds } from "./segment_ends.ts";

/** Two rows of five slots: segments of three and two; of one, three and an empty slot. */
const segments = [0, 0, 0, 1, 1, 2, 3, 3, 3, -10];
const ends = [2, 2, 2, 4, 4, 5, 8, 8, 8, 9];
const x = randomFloats([10, 3]);
const point: Point = {
  variables: { x },
  constants: { segments: integers(segments) },
  compute: ({ x, segments }) => atSegmentEnds(x, segments, 5),
};

Deno.test("every slot gets what stands at the end of its own segment", () =>
  assertResult(point, ends.flatMap((end) => Array.from(x.values.subarray(3 * end, 3 * end + 3)))));

Deno.test("the gradients equal central differences", () => assertGradients(point));
