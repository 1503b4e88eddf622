import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  derive,
  differentiate,
  type Given,
  type Point,
  randomFloats,
} from "../../../tests/check_gradients.ts";
import { engines, runOnce } from "../../../tests/compare_engines.ts";
import { assertClose } from "../../../tests/golden.ts";
import { packSequences } from "../../data/domain.ts";
import { createRecGuruNetwork } from "./model.ts";
import { createGenerator } from "../../random.ts";
import { joinSequencesOf } from "../../training/joined/joined_items.ts";
import { createRecGuruBatches } from "./batches.ts";
import { recguruLoss } from "./loss.ts";

const domains = [
  { name: "First", itemIds: ["a", "b", "c", "d"], sequences: packSequences([[0, 1, 2, 1, 3], [2, 0, 0, 3]]) },
  { name: "Second", itemIds: ["e", "f", "g"], sequences: packSequences([[1, 2, 0, 1, 1]]) },
];
const hidden = 4;
const config = { hiddenSize: hidden, innerSize: 3, layers: 1, heads: 1, maxLength: 3, dropout: 0 };
const network = createRecGuruNetwork(7, 2, config);
const tasks = { nextItem: 0.7, reconstruction: 0.4, adversarial: 0.3 };

const variables = Object.fromEntries(
  Object.entries(network.parameters).map(([name, { shape }], i): [string, Given] => {
    const drawn = randomFloats([...shape], i + 1);
    return [name, { ...drawn, values: (drawn.values as Float32Array).map((value) => 0.7 * value) }];
  }),
);
const batches = createRecGuruBatches(joinSequencesOf(domains), 16, config.maxLength);
const [batch, ...others] = batches.batches(createGenerator(1));
const arrays = batch.arrays(createGenerator(1));
const constants = Object.fromEntries(
  Object.entries(batches.inputs).map(([name, spec]): [string, Given] => [
    name,
    { ...spec, values: arrays[name] },
  ]),
);

/** The loss's inputs are its parameters and its batch under one name each. */
const losses = (network_: typeof network, inputs: Record<string, tf.Tensor>) =>
  recguruLoss(network_, tasks, 2)(inputs, inputs, null!);

/** The error function, by its series. */
function erf(x: number): number {
  let [sum, term] = [x, x];
  for (let n = 1; n < 60; n++) {
    term *= -x * x / n;
    sum += term / (2 * n + 1);
  }
  return 2 / Math.sqrt(Math.PI) * sum;
}

type Row = number[];
const rowOf = (name: string, row: number): Row =>
  Array.from(variables[name].values.subarray(row * hidden, (row + 1) * hidden));
const product = (a: Row, b: Row) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const add = (a: Row, b: Row) => a.map((x, i) => x + b[i]);
const gelu = (row: Row) => row.map((x) => x * (1 + erf(x / Math.SQRT2)) / 2);
const linear = (row: Row, name: string) => {
  const { values: kernel } = variables[`${name}.kernel`], { values: bias } = variables[`${name}.bias`];
  return Array.from(
    bias,
    (start, i) => row.reduce((sum, x, j) => sum + x * kernel[j * bias.length + i], start),
  );
};
const layerNorm = (row: Row, name: string) => {
  const mean = row.reduce((sum, x) => sum + x, 0) / row.length;
  const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / row.length;
  const { values: gain } = variables[`${name}.gain`], { values: bias } = variables[`${name}.bias`];
  return row.map((x, i) => (x - mean) / Math.sqrt(variance + 1e-12) * gain[i] + bias[i]);
};
const crossEntropy = (logits: Row, target: number) =>
  Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0)) - logits[target];

Deno.test("the three losses equal plain arithmetic on the domains' sequences, one item standing for its prefix", async () => {
  assert.equal(others.length, 0);
  // the training items of each sequence: all but the last two
  const training = [[0, 1, 2], [2, 0], [5, 6, 4]];
  const own = [[0, 1, 2], [4, 5, 6]];
  const told = { nextItem: [] as number[], reconstruction: [] as number[] };
  const domain: Row[] = [[], []];
  for (const sequence of training) {
    const read = sequence.slice(0, -1);
    const at = sequence[0] < 4 ? 0 : 1;
    const tell = (from: Row, item: number) =>
      crossEntropy(
        own[at].map((other) => product(from, rowOf("items.embedding", other))),
        own[at].indexOf(item),
      );
    const user = rowOf("items.embedding", read.at(-1)!);
    read.forEach((item, position) => {
      told.nextItem.push(tell(rowOf("items.embedding", item), sequence[position + 1]));
      const x = layerNorm(
        add(user, rowOf("decoder.positions.embedding", position)),
        "decoder.input.norm",
      );
      const outer = linear(gelu(linear(x, "decoder.inner")), "decoder.outer");
      told.reconstruction.push(tell(layerNorm(add(x, outer), "decoder.norm"), item));
    });
    const seen = gelu(linear(user, "discriminator.inner"));
    domain[at].push(
      crossEntropy([0, 1].map((other) => product(seen, rowOf("discriminator.domains", other))), at),
    );
  }
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
  const expected = {
    nextItem: mean(told.nextItem),
    reconstruction: mean(told.reconstruction),
    domain: mean(domain.map(mean)),
  };
  const encode = (table: tf.Tensor, { items }: { items: tf.Tensor }) =>
    tf.gather(table, items as tf.Tensor1D);
  const plain = { ...network, model: { ...network.model, encode } };
  for (const engine of Object.values(engines)) {
    const given = { ...variables, ...constants };
    const values = Object.fromEntries(Object.entries(given).map(([name, { values }]) => [name, values]));
    const found = await runOnce(engine, (inputs) => losses(plain, inputs), given, values);
    for (const [name, value] of Object.entries(expected)) assertClose(found[name], [value], name, 1e-5);
    const { nextItem, reconstruction, domain } = expected;
    assertClose(found.loss, [0.7 * nextItem + 0.4 * reconstruction + domain], "loss", 1e-5);
  }
});

Deno.test("the encoder learns its tasks and unlearns the discriminator's, by central differences of both parts", async () => {
  const pointOf = (compute: Point["compute"]): Point => ({ variables, constants, compute });
  const told = await differentiate(
    pointOf((inputs) => {
      const { nextItem, reconstruction } = losses(network, inputs);
      return tf.add(tf.mul(nextItem, tasks.nextItem), tf.mul(reconstruction, tasks.reconstruction));
    }),
    engines.compiled,
  );
  const domain = await differentiate(
    pointOf((inputs) => losses(network, inputs).domain),
    engines.compiled,
  );
  for (const engine of Object.values(engines)) {
    const found = await derive(pointOf((inputs) => losses(network, inputs).loss), engine);
    for (const name of Object.keys(variables)) {
      const gradient = `gradient/${name}`;
      const weight = name.startsWith("discriminator.") ? 1 : -tasks.adversarial;
      const expected = told[gradient].map((value, i) => value + weight * domain[gradient][i]);
      assertClose(found[gradient], expected, `${engine.name} ${name}`, 2e-3, 1e-4);
    }
  }
});
