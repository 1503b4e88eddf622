import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines, runOnce } from "../../../tests/compare_engines.ts";
import { assertClose } from "../../../tests/golden.ts";
import { smallDomain } from "../../../tests/small_domain.ts";
import { userCount } from "../../data/domain.ts";
import { historyOf } from "../../data/split.ts";
import { createZesRec } from "./model.ts";
import { initialiseParameters } from "../../nn/parameters.ts";
import { createGenerator } from "../../random.ts";
import { joinDomains } from "../../training/joined/joined_domains.ts";
import { parameterInputs, parametersOf, stepNames } from "../../training/step.ts";
import { zesrecObjective } from "./objective.ts";

const domains = [
  { ...smallDomain({ users: 12, items: 9, featureSize: 3 }), name: "First" },
  { ...smallDomain({ users: 5, items: 40, featureSize: 3, seed: 8 }), name: "Second" },
];
const joined = joinDomains(domains);

/** ZESRec without its encoder: a sequence's representation is that of its last item. */
const model = {
  ...createZesRec(joined.firstItems[2], {
    hiddenSize: 4,
    featureSize: 3,
    heads: 1,
    maxLength: 12,
    dropout: 0,
  }),
  encode: (table: tf.Tensor, { items }: { items: tf.Tensor }) => tf.gather(table, items as tf.Tensor1D),
};
const parameters = initialiseParameters(model.parameters, createGenerator(1));
for (const name of Object.keys(parameters)) {
  if (name.endsWith("kernel")) parameters[name] = parameters[name].map((value) => 20 * value);
}

/** Returns the representation of every item of a domain, in plain arithmetic. */
function tableOf({ features }: (typeof domains)[number]): number[][] {
  const apply = (row: number[], layer: string) =>
    Array.from(
      parameters[`${layer}.bias`],
      (bias, column) =>
        row.reduce((sum, x, i) => sum + x * parameters[`${layer}.kernel`][4 * i + column], bias),
    );
  return Array.from({ length: features!.rows }, (_, item) =>
    ["projection.inner", "projection.outer"].reduce(
      apply,
      Array.from(features!.values.subarray(3 * item, 3 * item + 3)),
    ));
}

/** Returns the sum of the cross-entropies of a domain's transitions, among the items that its training sequences hold. */
function sumOfLosses(domain: (typeof domains)[number]): { sum: number; count: number } {
  const table = tableOf(domain);
  const histories = Array.from(
    { length: userCount(domain.sequences) },
    (_, user) => [...historyOf(domain.sequences, user, "train")],
  ).filter((items) => items.length > 1);
  const candidates = new Set(histories.flat());
  const logit = (query: number, item: number) =>
    table[query].reduce((sum, x, i) => sum + x * table[item][i], 0);
  const losses = histories.flatMap((items) =>
    items.slice(1).map((target, i) => {
      const total = [...candidates].reduce((sum, item) => sum + Math.exp(logit(items[i], item)), 0);
      return Math.log(total) - logit(items[i], target);
    })
  );
  return { sum: losses.reduce((a, b) => a + b), count: losses.length };
}

Deno.test("the loss is the next item's cross-entropy among the batch's items of the user's own domain", async () => {
  const { inputs, loss, batches, instances } = zesrecObjective(model, joined, 512);
  const [batch, ...others] = batches(createGenerator(2));
  assert.equal(others.length, 0);
  const sums = domains.map(sumOfLosses);
  assert.deepEqual(instances, { First: sums[0].count, Second: sums[1].count });
  assert.equal(batch.instances, sums[0].count + sums[1].count);
  const given = {
    ...batch.arrays(createGenerator(3)),
    ...Object.fromEntries(Object.entries(parameters).map(([name, x]) => [stepNames.parameter(name), x])),
  };
  const expected = (sums[0].sum + sums[1].sum) / batch.instances;
  for (const engine of Object.values(engines)) {
    const found = await runOnce(
      engine,
      (inputs, noise) => loss(parametersOf(model.parameters, inputs), inputs, noise),
      { ...parameterInputs(model.parameters), ...inputs },
      given,
    );
    assertClose(found.loss, [expected], engine.name, 1e-5);
  }
});

Deno.test("a batch with fewer items than there is room for has no candidates in the rest", () => {
  const { inputs, batches } = zesrecObjective(model, joined, 16);
  const rows = inputs.features.shape[0];
  const generator = createGenerator(2);
  const spare = batches(generator).map((batch) => {
    const { features, items, targets, itemDomains } = batch.arrays(generator);
    const used = 1 + Math.max(...items, ...targets);
    assert.ok(itemDomains.subarray(0, used).every((domain) => domain >= 0));
    assert.ok(itemDomains.subarray(used).every((domain) => domain === -1));
    assert.ok(features.subarray(3 * used).every((value) => value === 0));
    return rows - used;
  });
  assert.ok(Math.max(...spare) > 0);
});
