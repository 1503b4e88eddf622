import assert from "node:assert/strict";
import {
  against,
  assertPlain,
  droppedBy,
  plainItems,
  plainLength,
  type PlainWeights,
  plus,
  times,
} from "../../../tests/plain_model.ts";
import { countParameters } from "../../nn/parameters.ts";
import { createCaser } from "./model.ts";

Deno.test("Caser has an embedding per item, filters of every height, and two linear layers", () => {
  const model = createCaser(1000);
  assert.equal(model.name, "Caser");
  assert.equal(model.featureSize, null);
  assert.deepEqual([model.items, model.hiddenSize, model.maxLength], [1000, 300, 50]);
  const horizontal = (1 + 2 + 3 + 4 + 5) * 300 * 16 + 5 * 16;
  const vertical = 5 * 8 + 8;
  const layers = (8 * 300 + 5 * 16) * 300 + 300 + 600 * 300 + 300;
  assert.equal(countParameters(model.parameters), 1000 * 300 + horizontal + vertical + layers);
});

const sizes = {
  hiddenSize: 3,
  maxLength: plainLength,
  window: 3,
  horizontalFilters: 2,
  verticalFilters: 2,
};

const relu = (row: number[]) => row.map((value) => Math.max(0, value));

/** What the filters give of a window, as their paper has it: each is applied at each place where it fits. */
function filter(window: number[][], weights: PlainWeights): number[] {
  const vertical = Array.from(
    { length: sizes.verticalFilters },
    (_, filter) =>
      window[0].map((_, column) =>
        window.reduce(
          (sum, item, at) => sum + weights["vertical.kernel"][at][filter] * item[column],
          weights["vertical.bias"][0][filter],
        )
      ),
  ).flat();
  const horizontal = window.flatMap((_, at) => {
    const height = at + 1;
    const places = window.slice(at).map((_, start) =>
      relu(plus(
        times(window.slice(start, start + height).flat(), weights[`horizontal.${height}.kernel`]),
        weights[`horizontal.${height}.bias`][0],
      ))
    );
    return places[0].map((_, filter) => Math.max(...places.map((place) => place[filter])));
  });
  return [...vertical, ...horizontal];
}

Deno.test("scores, loss and gradients equal plain arithmetic and its central differences", () =>
  assertPlain(createCaser(plainItems, sizes), (history, weights) => {
    const items = history.map((item) => weights["items.embedding"][item]);
    const before = Array.from({ length: sizes.window }, () => [0, 0, 0]);
    const window = [...before, ...items].slice(-sizes.window);
    const layer = (x: number[], name: string) =>
      relu(plus(times(x, weights[`${name}.kernel`]), weights[`${name}.bias`][0]));
    const user = plus(...items).map((sum) => sum / items.length);
    const output = layer([...layer(filter(window, weights), "convolved"), ...user], "output");
    return against(output, weights["items.embedding"]);
  }));

Deno.test("only what the filters give is dropped", () => {
  const model = createCaser(5, { ...sizes, maxLength: 4, dropout: 0.25 });
  assert.deepEqual(droppedBy(model, 8), [{ shape: [8, 2 * 3 + 3 * 2], kept: 0.75 }]);
});

Deno.test("a window longer than any history is filled up with nothing", () => {
  const model = createCaser(plainItems, { ...sizes, maxLength: 2, window: 4 });
  assert.deepEqual(droppedBy(model, 2)[0].shape, [2, 2 * 3 + 4 * 2]);
});

Deno.test("Caser refuses sizes it cannot have", () => {
  assert.throws(() => createCaser(0), { name: "ParameterError", message: /^items: .* found 0/ });
  for (const name of ["hiddenSize", "window", "horizontalFilters", "verticalFilters"]) {
    assert.throws(() => createCaser(10, { [name]: 0 }), {
      name: "ParameterError",
      message: new RegExp(`^${name}: `),
    });
  }
});
