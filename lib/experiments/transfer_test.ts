import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import { runTransfer, type TransferOptions, type TransferVariant } from "./transfer.ts";

const source = { ...smallDomain(), name: "Source" };
const targets = [
  { ...smallDomain({ items: 24, users: 40, seed: 8 }), name: "First" },
  { ...smallDomain({ items: 20, users: 30, seed: 9 }), name: "Second" },
];
const variants: TransferVariant[] = [
  { name: "None", sources: [], targets },
  { name: "All", sources: [source], targets },
  { name: "w/o S-I", sources: [source], targets: [targets[0]], tasks: { sequenceItem: 0 } },
];
const options: TransferOptions = {
  setting: "inductive",
  sizes: { ...smallSizes, experts: 2 },
  runs: null,
  pretraining: { batchSize: 64, epochs: 2, learningRate: 3e-3 },
  fineTuning: { batchSize: 64, epochs: 2, learningRate: 3e-3 },
  seeds: [1, 2],
};
const reports: [number, number][] = [];
const results = await runTransfer(createOnnxEngine({ threads: 1 }), variants, {
  ...options,
  observe: (done, total) => reports.push([done, total]),
});

Deno.test("each variant is measured on its targets with every seed, in order, and each stage is told", () => {
  assert.deepEqual(results.map(({ variant, seed, target }) => `${variant} ${seed} ${target}`), [
    ...["None 1 First", "None 1 Second", "None 2 First", "None 2 Second"],
    ...["All 1 First", "All 1 Second", "All 2 First", "All 2 Second"],
    ...["w/o S-I 1 First", "w/o S-I 2 First"],
  ]);
  assert.deepEqual(reports, Array.from({ length: 14 }, (_, i) => [i + 1, 14]));
  for (const { variant, pretrainingLoss } of results) {
    assert.equal(pretrainingLoss !== null, variant === "All");
  }
});

Deno.test("an item without features is refused before anything is done, in a source or a target", async () => {
  const { name, features, ...others } = targets[1];
  const lacking = {
    name,
    ...others,
    features: { ...features!, values: features!.values.slice().fill(0, 12, 24) },
  };
  for (
    const variants of [
      [{ name: "None", sources: [], targets: [targets[0], lacking] }],
      [{ name: "All", sources: [lacking], targets: [targets[0]] }],
    ]
  ) {
    await assert.rejects(
      runTransfer(createOnnxEngine({ threads: 1 }), variants, {
        ...options,
        observe: () => assert.fail("something was done"),
      }),
      { name: "DataError", message: /text features of Second, row 1: .* zeros only/ },
    );
  }
});

Deno.test("what would fail in its turn, or count twice, is refused before anything is done", async () => {
  const { fineTuning } = options;
  const faults: [Partial<TransferOptions>, RegExp][] = [
    [{ seeds: [] }, /^seeds: .*an empty list/],
    [{ seeds: [1, 2, 1] }, /^seeds: .*1, 2, 1/],
    [{ seeds: [1, 0.5] }, /^seed: /],
    [{ fineTuning: { ...fineTuning, patience: 0 } }, /^fine-tuning's patience: /],
  ];
  for (const [fault, message] of faults) {
    await assert.rejects(
      runTransfer(createOnnxEngine({ threads: 1 }), variants, {
        ...options,
        ...fault,
        observe: () => assert.fail("something was done"),
      }),
      { name: "ParameterError", message },
    );
  }
});
