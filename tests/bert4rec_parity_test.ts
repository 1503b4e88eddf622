// BERT4Rec against numbers that the authors' PyTorch code computed: outputs, loss, every gradient, three Adam steps.
import assert from "node:assert/strict";
import type { Arrays } from "../lib/engine/array_spec.ts";
import { packSequences } from "../lib/data/domain.ts";
import { evaluationBatches } from "../lib/evaluation/rank_users.ts";
import { createBert4Rec } from "../lib/systems/bert4rec/model.ts";
import { engines, runOnce } from "./compare_engines.ts";
import { assertClose, flat, type GoldenModel, type GoldenTensors, readGolden, translate } from "./golden.ts";
import { goldenBatch, type Prediction } from "./golden_batch.ts";
import {
  assertLossAndGradients,
  assertThreeSteps,
  outputsOf,
  renamed,
  translateLinear,
} from "./golden_model.ts";
import { evaluationLoss, prefixed } from "./model_gradients.ts";
import { createNoiseSource } from "../lib/engine/noise.ts";
import { parameterInputs, parametersOf } from "../lib/training/step.ts";

interface GoldenBert4Rec extends Omit<GoldenModel, "seq_output" | "plm_embedding"> {
  masked_seq: number[][];
  /** The masked items and where they stand, each row padded with zeros on the left. */
  pos_items: number[][];
  masked_index: number[][];
  /** At every slot, after the output layer and its norm. */
  output: number[][][];
  /** The batch's histories as the reference reads them in the test: without their first item, with the mask at the end. */
  test_seq: number[][];
}

const golden = await readGolden<GoldenBert4Rec>("bert4rec");
const { sizes, batch } = golden;
// the reference's padding item 0 is one more class, so here it is an item like others; the mask is number 20 in both
const model = createBert4Rec(sizes.n_items, {
  hiddenSize: sizes.hidden,
  innerSize: sizes.inner,
  maxLength: sizes.max_len,
  dropout: 0,
});

function toOurs(tensors: GoldenTensors): Arrays {
  return {
    ...translate(renamed(tensors, (name) => name.startsWith("output_") ? null : name)),
    ...translateLinear(tensors, "output_ffn", "output"),
    "output.norm.gain": flat(tensors["output_ln.weight"]),
    "output.norm.bias": flat(tensors["output_ln.bias"]),
    "items.bias": flat(tensors["output_bias"]),
  };
}

const weights = toOurs(golden.weights);
const slots = batch.item_length.flatMap((length, row) =>
  Array.from({ length }, (_, column): Prediction => [row, column, 0])
);
const masks = golden.masked_index.flatMap((columns, row) =>
  columns.flatMap((column, i): Prediction[] => {
    const target = golden.pos_items[row][i];
    return target === 0 ? [] : [[row, column, target]];
  })
);
// the reference takes a mask at a sequence's first position for padding and leaves it out of the loss
const countedMasks = masks.filter(([, column]) => column > 0);
const given = (itemLists: number[][], predictions: readonly Prediction[]) =>
  goldenBatch(model, itemLists, batch.item_length, predictions);
const trained = given(golden.masked_seq, countedMasks);

for (const engine of Object.values(engines)) {
  Deno.test(`BERT4Rec equals the reference on ${engine.name}: output at every item, scores at the mask`, async () => {
    const { queries } = await outputsOf(engine, model, weights, given(golden.masked_seq, slots));
    // behind the output comes the 1 that adds the candidate's bias
    const expected = slots.map(([row, column]) => [...golden.output[row][column], 1]);
    assertClose(queries, flat(expected), "output");
    const ends = batch.item_length.map((length, row): Prediction => [row, length - 1, 0]);
    const { scores } = await outputsOf(engine, model, weights, given(golden.test_seq, ends));
    assertClose(scores, flat(golden.scores), "scores");
  });

  Deno.test(`BERT4Rec equals the reference on ${engine.name}: loss and every gradient`, () =>
    assertLossAndGradients(engine, model, weights, trained, {
      loss: golden.loss,
      gradients: toOurs(golden.grads),
    }));

  Deno.test(`BERT4Rec equals the reference on ${engine.name}: three Adam steps`, () =>
    assertThreeSteps(engine, model, weights, trained, {
      losses: golden.adam3.losses,
      after: toOurs(golden.adam3.after),
      gradients: toOurs(golden.grads),
    }));

  Deno.test(`BERT4Rec on ${engine.name}: a mask at the first position counts, unlike in the reference`, async () => {
    assert.equal(countedMasks.length, masks.length - 1);
    const embedding = golden.weights["item_embedding.weight"] as number[][];
    const bias = golden.weights["output_bias"] as number[];
    const losses = masks.map(([row, column, target]) => {
      const output = golden.output[row][column];
      const logits = bias.map((added, item) =>
        output.reduce((sum, value, i) => sum + value * embedding[item][i], added)
      );
      return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[target];
    });
    const { specs, arrays } = given(golden.masked_seq, masks);
    const loss = evaluationLoss(model);
    const noise = createNoiseSource(() => assert.fail("the reference's numbers are without dropout"));
    const found = await runOnce(
      engine,
      (inputs) => loss(parametersOf(model.parameters, inputs), inputs, noise),
      { ...parameterInputs(model.parameters), ...specs },
      { ...prefixed("parameters/", weights), ...arrays },
    );
    assertClose(found.loss, [losses.reduce((sum, value) => sum + value) / losses.length], "loss");
  });
}

Deno.test("BERT4Rec reads a history that leaves room for the mask whole, unlike the reference", () => {
  const [history] = batch.item_id_list;
  assert.equal(batch.item_length[0], 3);
  assert.deepEqual(golden.test_seq[0].slice(0, 3), [history[1], history[2], sizes.n_items]);
  const long = [1, 2, 3, 4, 5, 6, 7]; // the last is held out
  const sequences = packSequences([[...history.slice(0, 3), 4], long]);
  const { batches } = evaluationBatches(sequences, ["test"], model).test;
  const read = batches.flatMap(({ items, segments, queries }) =>
    Array.from(
      queries.subarray(0, 2),
      (query) => [...items.filter((_, slot) => segments[slot] === segments[query])],
    )
  );
  assert.deepEqual(read.sort((a, b) => a.length - b.length), [
    [...history.slice(0, 3), sizes.n_items],
    [...long.slice(1, 6), sizes.n_items], // as many as fit beside the mask
  ]);
});
