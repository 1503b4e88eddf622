import assert from "node:assert/strict";
import {
  against,
  assertPlain,
  droppedBy,
  plainItems,
  plainLength,
  plus,
} from "../../../tests/plain_model.ts";
import { countParameters } from "../../nn/parameters.ts";
import { createFpmc } from "./model.ts";

Deno.test("FPMC has two pairs of factors per item", () => {
  const model = createFpmc(1000);
  assert.equal(model.name, "FPMC");
  assert.equal(model.featureSize, null);
  assert.deepEqual([model.items, model.hiddenSize, model.maxLength], [1000, 300, 50]);
  assert.equal(countParameters(model.parameters), 4 * 1000 * 300);
});

Deno.test("scores, loss and gradients equal plain arithmetic and its central differences", () =>
  assertPlain(createFpmc(plainItems, { hiddenSize: 3, maxLength: plainLength }), (history, weights) => {
    const chain = against(weights["last.embedding"][history.at(-1)!], weights["items.embedding"]);
    const user = plus(...history.map((item) => weights["user.embedding"][item]))
      .map((sum) => sum / history.length);
    return plus(chain, against(user, weights["liked.embedding"]));
  }));

Deno.test("what stands for last item and user is dropped in training", () => {
  const model = createFpmc(5, { hiddenSize: 2, maxLength: 4, dropout: 0.25 });
  assert.deepEqual(droppedBy(model, 8), [{ shape: [8, 4], kept: 0.75 }]);
});

Deno.test("FPMC refuses sizes it cannot have", () => {
  assert.throws(() => createFpmc(0), { name: "ParameterError", message: /^items: .* found 0/ });
  assert.throws(() => createFpmc(10, { hiddenSize: 0 }), {
    name: "ParameterError",
    message: /^hiddenSize: /,
  });
});
