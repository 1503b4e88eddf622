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
import { packSequences } from "../../data/domain.ts";
import { countParameters } from "../../nn/parameters.ts";
import { trainableNames } from "../../training/step.ts";
import { evaluationSegments } from "../../training/packing/segments.ts";
import { createPeterRec, frozenNetwork } from "./model.ts";
import { createNextItNet } from "./network.ts";

Deno.test("PeterRec has the source's network, and beside it a patch behind each convolution", () => {
  const network = createNextItNet(500);
  const model = createPeterRec(1000, 500);
  const convolutions = 8 * (900 * 300 + 300);
  const norms = 8 * 2 * 300;
  assert.equal(countParameters(network.parameters), 500 * 300 + convolutions + norms);
  const patches = 8 * (300 * 75 + 75 + 75 * 300 + 300);
  assert.equal(
    countParameters(model.parameters),
    countParameters(network.parameters) + patches + 1000 * 300 + 300,
  );
  for (const [name, spec] of Object.entries(network.parameters)) {
    assert.deepEqual(model.parameters[name], spec, name);
  }
});

Deno.test("the source's items and the convolutions are frozen, and nothing else is", () => {
  const { parameters } = createPeterRec(10, 20, { hiddenSize: 8, blocks: 1 });
  const layers = ["blocks.0.0", "blocks.0.1"];
  assert.deepEqual(trainableNames(parameters, frozenNetwork), [
    "items.embedding",
    "task.embedding",
    ...layers.flatMap((layer) => ["gain", "bias"].map((part) => `norms.${layer}.${part}`)),
    ...layers.flatMap((layer) =>
      ["down", "up"].flatMap((part) => [`patches.${layer}.${part}.kernel`, `patches.${layer}.${part}.bias`])
    ),
  ]);
});

const sizes = { hiddenSize: 5, maxLength: plainLength, blocks: 2 };

const layer = (x: number[], weights: PlainWeights, name: string) =>
  plus(times(x, weights[`${name}.kernel`]), weights[`${name}.bias`][0]);

/** The distribution function of the normal distribution, by Simpson's rule. */
function normal(x: number): number {
  const steps = 100;
  const density = (at: number) => Math.exp(-at * at / 2) / Math.sqrt(2 * Math.PI);
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    sum += (i % steps === 0 ? 1 : i % 2 === 1 ? 4 : 2) * density(i * x / steps);
  }
  return 0.5 + sum * x / steps / 3;
}

function normalise(x: number[], weights: PlainWeights, name: string): number[] {
  const mean = x.reduce((sum, value) => sum + value) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  return x.map((value, i) =>
    (value - mean) / Math.sqrt(variance) * weights[`${name}.gain`][0][i] + weights[`${name}.bias`][0][i]
  );
}

/** What the residual blocks make of the last of a sequence's rows. */
function convolve(rows: number[][], weights: PlainWeights, patched: boolean): number[] {
  const nothing = rows[0].map(() => 0);
  let x = rows;
  for (let block = 0; block < sizes.blocks; block++) {
    let inner = x;
    [[1, 2], [4, 8]][block].forEach((dilation, i) => {
      const name = `blocks.${block}.${i}`;
      inner = inner.map((_, at) => {
        const read = [2, 1, 0].flatMap((back) => inner[at - back * dilation] ?? nothing);
        const convolved = layer(read, weights, `network.${name}`);
        const middle = patched
          ? layer(convolved, weights, `patches.${name}.down`).map((value) => value * normal(value))
          : [];
        const passed = patched ? plus(convolved, layer(middle, weights, `patches.${name}.up`)) : convolved;
        return normalise(passed, weights, `norms.${name}`).map((value) => Math.max(0, value));
      });
    });
    x = x.map((row, at) => plus(row, inner[at]));
  }
  return x.at(-1)!;
}

Deno.test("NextItNet's scores, loss and gradients equal plain arithmetic and its central differences", () =>
  assertPlain(createNextItNet(plainItems, sizes), (history, weights) => {
    const items = weights["source.embedding"];
    return against(convolve(history.map((item) => items[item]), weights, false), items);
  }));

Deno.test("PeterRec's scores, loss and gradients equal plain arithmetic and its central differences", () => {
  // three items of the target, the question, four items of the source
  const sequences = packSequences([[4, 6, 5, 3, 1], [7, 3, 0], [4, 4, 7, 6, 5, 3, 2], [5, 5, 3, 2], [
    6,
    7,
    4,
    3,
    0,
  ], [5, 4, 6, 7, 3, 1]]);
  const segments = evaluationSegments(sequences, "test", plainLength);
  return assertPlain(
    createPeterRec(3, 4, sizes),
    (history, weights) => {
      const rows = ["items", "task", "source"].flatMap((part) => weights[`${part}.embedding`]);
      return against(convolve(history.map((row) => rows[row]), weights, true), weights["items.embedding"]);
    },
    { sequences, segments },
  );
});

Deno.test("what goes into the network and what comes out is dropped", () => {
  for (const model of [createNextItNet(5, sizes), createPeterRec(3, 4, sizes)]) {
    assert.deepEqual(droppedBy(model, 6).map(({ shape }) => shape), [[6, 5], [6, 5]], model.name);
  }
});

Deno.test("PeterRec refuses sizes it cannot have", () => {
  assert.throws(() => createPeterRec(0, 5), { name: "ParameterError", message: /^items: .* found 0/ });
  assert.throws(() => createPeterRec(5, 0), { name: "ParameterError", message: /^sourceItems: .* found 0/ });
  assert.throws(() => createPeterRec(5, 5, { blocks: 0 }), { name: "ParameterError", message: /^blocks: / });
});
