import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  assertGradients,
  assertResult,
  floats,
  integers,
  type Point,
} from "../../../tests/check_gradients.ts";
import { createCcdr } from "./model.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { createGenerator, normals } from "../../random.ts";
import { ccdrLoss, type CcdrTasks } from "./losses.ts";

const [items, hidden, itemsPerTag] = [9, 4, 2];
const temperature = 0.5;

/** A model whose representation of a sequence is its last item's: what the losses make of it can be counted by hand. */
const model: SequenceModel = {
  ...createCcdr(items, { hiddenSize: hidden }),
  encode: (table, input) => tf.gather(table, input.items as tf.Tensor1D),
};

/** Items 0 to 4 are of domain 0, items 5 to 8 of domain 1. */
const embedding = normals(createGenerator(3), items * hidden);
const rows = [7, 0, 2, 5, 3, 8, 0]; // the last is padding
const domains = [1, 0, 0, 1, 0, 1, -1];
const batch = { items: [1, 3, 2, 0, 4, 0], queries: [0, 1, 2, 4, 0], targets: [4, 0, 1, 2, 0] };
const weights = [0.25, 0.25, 0.25, 0.25, 0];
const views = {
  items: [1, 0, 2, 4, 5, 3, 0, 2, 1, 4],
  first: [0, 1, 2, 3, 4, 0],
  second: [5, 6, 7, 8, 9, 0],
  // the first two are of one user; the last is padding
  users: [0, 0, 1, 2, 3, 0],
  domains: [0, 0, 0, 1, 1, 0],
  weights: [0.2, 0.2, 0.2, 0.2, 0.2, 0],
};
const tags = { members: [0, 1, 2, 2, 4, 3, 0, 0, 5, 6, 7, 7, 8, 5, 0, 0], weights: [1 / 3, 1 / 3, 1 / 3, 0] };

const constants: Point["constants"] = {
  rows: integers(rows),
  domains: integers(domains),
  items: integers(batch.items),
  positions: integers(batch.items),
  segments: integers(batch.items),
  queries: integers(batch.queries),
  targets: integers(batch.targets),
  weights: floats([5], weights),
  "views/items": integers(views.items),
  "views/positions": integers(views.items),
  "views/segments": integers(views.items),
  "views/first": integers(views.first),
  "views/second": integers(views.second),
  "views/users": integers(views.users),
  "views/domains": integers(views.domains),
  "views/weights": floats([6], views.weights),
  "tags/members": integers(tags.members),
  "tags/weights": floats([4], tags.weights),
};

/** The point at which a loss of these weights is computed, as a function of the item embeddings. */
function lossWith(tasks: Partial<CcdrTasks>): Point {
  const weights = { nextItem: 0, intraDomain: 0, interDomain: 0, temperature, ...tasks };
  const loss = ccdrLoss(model, weights, { domains: 2, itemsPerTag });
  return {
    variables: { "items.embedding": floats([items, hidden], embedding) },
    constants,
    compute: (inputs, noise) => loss({ "items.embedding": inputs["items.embedding"] }, inputs, noise).loss,
  };
}

const vectorOf = (item: number) => [...embedding.subarray(item * hidden, (item + 1) * hidden)];
const product = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const cosine = (a: number[], b: number[]) => product(a, b) / Math.sqrt(product(a, a) * product(b, b));
const mean = (a: number[], b: number[]) => a.map((x, i) => (x + b[i]) / 2);
/** −log of the first logit's share. */
const surprise = ([own, ...others]: number[]) =>
  Math.log([own, ...others].reduce((sum, logit) => sum + Math.exp(logit), 0)) - own;

/** Next item: each query against the batch's items of the target's domain. */
function nextItem(): number {
  let loss = 0;
  for (let i = 0; i < 4; i++) {
    const query = vectorOf(rows[batch.items[batch.queries[i]]]);
    const own = rows.keys().filter((row) => domains[row] === domains[batch.targets[i]]);
    const others = [...own].filter((row) => row !== batch.targets[i]);
    loss += weights[i] *
      surprise([batch.targets[i], ...others].map((row) => product(query, vectorOf(rows[row]))));
  }
  return loss;
}

/** Intra-domain contrast: each first view against the second views of other users of the domain. */
function intraDomain(): number {
  const [first, second] = [views.first, views.second].map((slots) =>
    slots.map((slot) => vectorOf(rows[views.items[slot]]))
  );
  let loss = 0;
  for (let i = 0; i < 5; i++) {
    const others = [0, 1, 2, 3, 4].filter((j) =>
      views.domains[j] === views.domains[i] && views.users[j] !== views.users[i]
    );
    loss += views.weights[i] * surprise([i, ...others].map((j) => cosine(first[i], second[j]) / temperature));
  }
  return loss;
}

/** Inter-domain contrast: each tag's mean in one domain against all tags' means in the other. */
function interDomain(): number {
  const meanOf = (at: number) => mean(vectorOf(tags.members[2 * at]), vectorOf(tags.members[2 * at + 1]));
  let loss = 0;
  for (let tag = 0; tag < 3; tag++) {
    const others = [0, 1, 2].filter((other) => other !== tag);
    const logits = [tag, ...others].map((other) => cosine(meanOf(tag), meanOf(4 + other)) / temperature);
    loss += tags.weights[tag] * surprise(logits);
  }
  return loss;
}

for (const [name, expected] of Object.entries({ nextItem, intraDomain, interDomain })) {
  Deno.test(`${name} is what it is by hand, padding left out, and its gradient equals central differences`, async () => {
    const point = lossWith({ [name]: 1 });
    await assertResult(point, [expected()]);
    await assertGradients(point);
  });
}

Deno.test("the loss is the weighted sum of the tasks", () =>
  assertResult(lossWith({ nextItem: 1, intraDomain: 0.5, interDomain: 2 }), [
    nextItem() + 0.5 * intraDomain() + 2 * interDomain(),
  ]));

Deno.test("a task of weight 0 is not computed", async () => {
  const names: string[][] = [];
  const tasks = { nextItem: 1, intraDomain: 0, interDomain: 1, temperature };
  const point = lossWith(tasks);
  const loss = ccdrLoss(model, tasks, { domains: 2, itemsPerTag });
  await assertResult({
    ...point,
    compute(inputs, noise) {
      const losses = loss({ "items.embedding": inputs["items.embedding"] }, inputs, noise);
      names.push(Object.keys(losses));
      return losses.loss;
    },
  }, [nextItem() + interDomain()]);
  assert.deepEqual(names[0], ["loss", "nextItem", "interDomain"]);
});
