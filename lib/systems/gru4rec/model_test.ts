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
import { createGru4Rec } from "./model.ts";

Deno.test("GRU4Rec has an embedding per item, the units' two products and a linear layer", () => {
  const model = createGru4Rec(1000);
  assert.equal(model.name, "GRU4Rec");
  assert.equal(model.featureSize, null);
  assert.deepEqual([model.items, model.hiddenSize, model.maxLength], [1000, 300, 50]);
  assert.equal(countParameters(model.parameters), 1000 * 300 + 2 * 300 * 900 + 300 * 300 + 300);
});

Deno.test("the config holds the settings that GRU4Rec has, and no others", () => {
  const shared = { hiddenSize: 8, layers: 3, heads: 4, dropout: 0.1 };
  assert.deepEqual(createGru4Rec(10, shared).config, { hiddenSize: 8, maxLength: 50, dropout: 0.1 });
});

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The units' state after a history, item by item. */
function stateAfter(history: number[], weights: PlainWeights): number[] {
  const hiddenSize = weights["gru.state.kernel"].length;
  return history.reduce((state, item) => {
    const input = times(weights["items.embedding"][item], weights["gru.input.kernel"]);
    const product = times(state, weights["gru.state.kernel"]);
    return state.map((before, unit) => {
      const [reset, update] = [unit, hiddenSize + unit].map((at) => sigmoid(input[at] + product[at]));
      const candidate = Math.tanh(input[2 * hiddenSize + unit] + reset * product[2 * hiddenSize + unit]);
      return (1 - update) * candidate + update * before;
    });
  }, new Array<number>(hiddenSize).fill(0));
}

Deno.test("scores, loss and gradients equal plain arithmetic and its central differences", () =>
  assertPlain(createGru4Rec(plainItems, { hiddenSize: 3, maxLength: plainLength }), (history, weights) => {
    const state = stateAfter(history, weights);
    const read = plus(times(state, weights["output.kernel"]), weights["output.bias"][0]);
    return against(read, weights["items.embedding"]);
  }));

Deno.test("only what the units read is dropped", () => {
  const model = createGru4Rec(5, { hiddenSize: 2, maxLength: 4, dropout: 0.25 });
  assert.deepEqual(droppedBy(model, 8), [{ shape: [8, 2], kept: 0.75 }]);
});

Deno.test("GRU4Rec refuses sizes it cannot have", () => {
  assert.throws(() => createGru4Rec(0), { name: "ParameterError", message: /^items: .* found 0/ });
  assert.throws(() => createGru4Rec(10, { hiddenSize: 1.5 }), {
    name: "ParameterError",
    message: /^hiddenSize: /,
  });
  assert.throws(() => createGru4Rec(10, { dropout: 1 }), { name: "ParameterError", message: /^dropout: / });
});
