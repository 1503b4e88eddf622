import {
  assertGradients,
  assertResult,
  integers,
  type Point,
  randomFloats,
} from "../../tests/check_gradients.ts";
import { causalConvolution, causalConvolutionSpecs } from "./causal_convolution.ts";

/** Segments of five slots and two, and an empty slot. */
const positions = [0, 1, 2, 3, 4, 0, 1, 0];
const [inputs, outputs] = [3, 2];
const specs = causalConvolutionSpecs("c", inputs, outputs);
const x = randomFloats([positions.length, inputs]);
const parameters = Object.fromEntries(
  Object.entries(specs).map(([name, { shape }], at) => [name, randomFloats([...shape], 2 + at)]),
);
const dilatedBy = (dilation: number): Point => ({
  variables: { x, ...parameters },
  constants: { positions: integers(positions) },
  compute: ({ x, positions, ...parameters }) => causalConvolution(x, positions, dilation, parameters, "c"),
});

/** What a segment's slot gets, in double precision. */
function convolve(slot: number, dilation: number): number[] {
  return Array.from({ length: outputs }, (_, output) => {
    let sum = parameters["c.bias"].values[output];
    for (let tap = 0; tap < 3; tap++) {
      const back = (2 - tap) * dilation;
      if (back > positions[slot]) continue;
      for (let i = 0; i < inputs; i++) {
        sum += x.values[(slot - back) * inputs + i] *
          parameters["c.kernel"].values[(tap * inputs + i) * outputs + output];
      }
    }
    return sum;
  });
}

for (const dilation of [1, 2, 4]) {
  Deno.test(`a convolution dilated by ${dilation} reads the segment's slots up to its own`, () =>
    assertResult(dilatedBy(dilation), positions.flatMap((_, slot) => convolve(slot, dilation))));
}

Deno.test("the gradients equal central differences", () => assertGradients(dilatedBy(2)));
