import assert from "node:assert/strict";
import fc from "fast-check";
import { engines } from "../../tests/compare_engines.ts";
import { adam, adamScalars } from "./adam.ts";

const vector = { shape: [1], type: "float32" } as const;
const scalar = { shape: [], type: "float32" } as const;
const specs = {
  parameter: vector,
  gradient: vector,
  first: vector,
  second: vector,
  stepSize: scalar,
  epsilon: scalar,
};

/** Algorithm 1 of Kingma and Ba in double precision: the parameter after each of the gradients. */
function adamPlainly(start: number, gradients: number[], learningRate: number): number[] {
  let [parameter, first, second] = [start, 0, 0];
  return gradients.map((gradient, i) => {
    first = 0.9 * first + 0.1 * gradient;
    second = 0.999 * second + 0.001 * gradient ** 2;
    const [firstHat, secondHat] = [first / (1 - 0.9 ** (i + 1)), second / (1 - 0.999 ** (i + 1))];
    return parameter -= learningRate * firstHat / (Math.sqrt(secondHat) + 1e-8);
  });
}

const gradient = fc.tuple(
  fc.constantFrom(0, -1, 1),
  fc.integer({ min: -6, max: 2 }),
  fc.integer({ min: 1, max: 9 }),
)
  .map(([sign, exponent, digit]) => sign * digit * 10 ** exponent);

for (const engine of Object.values(engines)) {
  Deno.test(`Adam equals the published algorithm in double precision on ${engine.name}`, async () => {
    const program = await engine.compile(({ parameter, gradient, first, second, ...scalars }) => {
      const { stepSize, epsilon } = scalars;
      const { parameter: moved, moments } = adam(parameter, gradient, { first, second }, {
        stepSize,
        epsilon,
      });
      return { parameter: moved, first: moments.first, second: moments.second };
    }, specs);
    const gradientLists = fc.array(gradient, { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(gradientLists, fc.constantFrom(1e-1, 1e-3), async (gradients, learningRate) => {
        const expected = adamPlainly(0.5, gradients, learningRate);
        let state = {
          parameter: Float32Array.of(0.5),
          first: new Float32Array(1),
          second: new Float32Array(1),
        };
        for (const [i, gradient] of gradients.entries()) {
          const { stepSize, epsilon } = adamScalars(learningRate, i + 1);
          state = await program.run({
            ...state,
            gradient: Float32Array.of(gradient),
            stepSize: Float32Array.of(stepSize),
            epsilon: Float32Array.of(epsilon),
          }) as typeof state;
          const allowed = 1e-4 * learningRate * (i + 1) + 1e-7 * (i + 1);
          assert.ok(
            Math.abs(state.parameter[0] - expected[i]) <= allowed,
            `step ${i + 1}: expected ${expected[i]}, found ${state.parameter[0]}`,
          );
        }
      }),
      { numRuns: 40 },
    );
    await program.release();
  });
}
