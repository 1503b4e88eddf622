// S3-Rec's pre-training and fine-tuning against numbers that the authors' PyTorch code computed, on two engines.
//
// The reference pads the masked sequences on the left but the attributes on the right, so that most slots are asked for
// the attribute of another item or of the padding item. Attributes are an input of our loss: here it gets them as the
// reference does, in training (s3rec_batches.ts) those of the slots' own items. And its attribute logits start at 0,
// where ours have an offset (s3rec_loss.ts says why), which is left out here.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Arrays, ArraySpec } from "../lib/engine/array_spec.ts";
import { createEagerEngine } from "../lib/engine/eager_engine.ts";
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import { createS3Rec, createS3RecPretraining, s3RecHeads } from "../lib/systems/s3rec/model.ts";
import { createGenerator } from "../lib/random.ts";
import { nextItemInputs } from "../lib/training/next_item.ts";
import { s3RecInputs, s3RecLoss } from "../lib/systems/s3rec/loss.ts";
import {
  lossAndGradients,
  parameterInputs,
  parametersOf,
  stepNames,
  trainableNames,
} from "../lib/training/step.ts";
import { createTrainer, initialState } from "../lib/training/trainer.ts";
import {
  assertAllClose,
  assertClose,
  flat,
  type GoldenModel,
  type GoldenTensors,
  readGolden,
  translate,
} from "./golden.ts";
import { evaluationLoss } from "./model_gradients.ts";

interface GoldenS3Rec extends GoldenModel {
  masked_item_sequence: number[][];
  pos_items: number[][];
  neg_items: number[][];
  masked_segment_sequence: number[][];
  pos_segment: number[][];
  neg_segment: number[][];
  seq_output_bidirectional: number[][][];
  loss_aap: number;
  loss_mip: number;
  loss_map: number;
  loss_sp: number;
  finetune_loss: number;
  finetune_scores: number[][];
  finetune_grads: GoldenTensors;
}

const golden = await readGolden<GoldenS3Rec>("s3rec");
const { sizes, batch } = golden;
const items = sizes.n_items;
const length = sizes.max_len;
const rows = batch.item_id_list.length;
const config = { hiddenSize: sizes.hidden, innerSize: sizes.inner, maxLength: length, dropout: 0 };
const pretraining = createS3RecPretraining(items, sizes.plm, config);
/** In the reference's fine-tuning loss padding and mask are two more classes, so here they are items like others. */
const fineTuned = createS3Rec(items + 1, config);

/** The reference's names of the layers that only pre-training has; like our heads, in order. */
const headNames = ["aap_norm", "mip_norm", "map_norm", "sp_norm"];
const linearLayers = {
  ...Object.fromEntries(headNames.map((name, i) => [name, s3RecHeads[i]])),
  "adapter.mlp_layers.1": "attributes",
};

/** Translates parameters or gradients; the last row of the reference's item embedding is the mask. */
function translatePretraining({ "item_embedding.weight": table, ...tensors }: GoldenTensors): Arrays {
  const rowsOf = table as number[][];
  const translated: Arrays = {
    "items.embedding": flat(rowsOf.slice(0, items)),
    "mask.embedding": flat(rowsOf.slice(items)),
  };
  for (const [theirs, ours] of Object.entries(linearLayers)) {
    const { [`${theirs}.weight`]: weight, [`${theirs}.bias`]: bias, ...others } = tensors;
    tensors = others;
    const kernel = weight as number[][];
    translated[`${ours}.kernel`] = flat(kernel[0].map((_, input) => kernel.map((row) => row[input])));
    translated[`${ours}.bias`] = flat(bias);
  }
  return { ...translated, ...translate(tensors) };
}

/** The reference's parameters or gradients of the fine-tuned model, whose last item is the mask. */
function translateFineTuned(tensors: GoldenTensors): Arrays {
  const translated = translatePretraining(tensors);
  const parameters = Object.keys(fineTuned.parameters).map((name) => [name, translated[name]]);
  return { ...Object.fromEntries(parameters), "items.embedding": flat(tensors["item_embedding.weight"]) };
}

/** The gradient of a key's bias is 0 in exact arithmetic: Adam then makes steps of the rounding error's sign. */
const withoutKeyBiases = (arrays: Arrays): Arrays =>
  Object.fromEntries(Object.entries(arrays).filter(([name]) => !name.endsWith("attention.key.bias")));

const named = (arrays: Arrays): Arrays =>
  Object.fromEntries(Object.entries(arrays).map(([name, values]) => [stepNames.parameter(name), values]));

const weights = translatePretraining(golden.weights);
const slots = Array.from({ length: rows * length }, (_, slot) => slot);
const rowOf = (slot: number) => Math.floor(slot / length);
const integers = (table: number[][]) => Int32Array.from(table.flat());

/** One sequence per row, padded on the left with item 0; every slot is a query, those of the padding without weight. */
function pretrainingBatch(): Arrays {
  const masked = golden.masked_item_sequence.flat();
  return {
    features: flat(golden.plm_embedding),
    maskedItems: Int32Array.from(masked),
    maskedSegment: integers(golden.masked_segment_sequence),
    segment: integers(golden.pos_segment),
    otherSegment: integers(golden.neg_segment),
    positions: Int32Array.from(slots, (slot) => slot % length),
    segments: Int32Array.from(slots, (slot) => masked[slot] === 0 ? -1 - slot : rowOf(slot)),
    queries: Int32Array.from(slots),
    targets: integers(golden.pos_items),
    attributes: integers(batch.item_id_list),
    negatives: integers(golden.neg_items),
    // the reference's losses are sums
    seenWeights: Float32Array.from(masked, (item) => item !== 0 && item !== items ? 1 : 0),
    maskedWeights: Float32Array.from(masked, (item) => item === items ? 1 : 0),
    ends: Int32Array.from(slots, (i) => i < rows ? (i + 1) * length - 1 : 0),
    endWeights: Float32Array.from(slots, (i) => i < rows ? 1 : 0),
  };
}

/** Sequences padded on the right, as they are fine-tuned. */
function fineTuningBatch(): Arrays {
  return {
    items: integers(batch.item_id_list),
    positions: Int32Array.from(slots, (slot) => slot % length),
    segments: Int32Array.from(
      slots,
      (slot) => slot % length < batch.item_length[rowOf(slot)] ? rowOf(slot) : -1 - slot,
    ),
    queries: Int32Array.from(batch.item_length, (count, row) => row * length + count - 1),
    targets: Int32Array.from(batch.item_id),
    weights: new Float32Array(rows).fill(1 / rows),
  };
}

const loss = s3RecLoss(pretraining, 0);
const inputs: Record<string, ArraySpec> = s3RecInputs(pretraining, { rows, length, capacity: rows * length });

for (const engine of [createOnnxEngine(), createEagerEngine("cpu")]) {
  Deno.test(`S3-Rec's bidirectional sequences equal the reference on ${engine.name}`, async () => {
    const program = await engine.compile((given) => {
      const parameters = parametersOf(pretraining.parameters, given);
      const { maskedItems, positions, segments } = given;
      const input = { items: maskedItems, positions, segments };
      return { encoded: pretraining.encode(pretraining.itemTable(parameters), input, parameters, null) };
    }, { ...parameterInputs(pretraining.parameters), ...inputs });
    const { encoded } = await program.run({ ...named(weights), ...pretrainingBatch() });
    // what stands in the padding matters to nobody: there it sees the sequence, with us itself alone
    const real = slots.filter((slot) => golden.masked_item_sequence[rowOf(slot)][slot % length] !== 0);
    const read = (values: ArrayLike<number>) =>
      real.flatMap((slot) => Array.from({ length: sizes.hidden }, (_, i) => values[slot * sizes.hidden + i]));
    assertClose(read(encoded), read(flat(golden.seq_output_bidirectional)), "sequence output");
    await program.release();
  });

  Deno.test(`S3-Rec's four losses, their sum and every gradient equal the reference on ${engine.name}`, async () => {
    const trained = trainableNames(pretraining.parameters);
    const program = await engine.compile((given, noise) => {
      const parameters = parametersOf(pretraining.parameters, given);
      const { losses, gradients } = lossAndGradients(loss, parameters, trained, given, noise);
      return { ...losses, ...gradients };
    }, { ...parameterInputs(pretraining.parameters), ...inputs });
    const found = await program.run({ ...named(weights), ...pretrainingBatch() });
    assertClose(found.associatedAttribute, [golden.loss_aap], "associated attribute prediction");
    assertClose(found.maskedItem, [golden.loss_mip], "masked item prediction");
    assertClose(found.maskedAttribute, [golden.loss_map], "masked attribute prediction");
    assertClose(found.segment, [golden.loss_sp], "segment prediction");
    assertClose(found.loss, [golden.loss], "loss");
    const expected = translatePretraining(golden.grads);
    assert.deepEqual(Object.keys(expected).sort(), trained.slice().sort());
    // the reference sums over items and slots: all is two orders larger than a mean, the rounding of zeros too
    assertAllClose(found, expected, "gradient", 1e-4, 5e-6);
    await program.release();
  });

  Deno.test(`three Adam steps of S3-Rec's pre-training equal the reference on ${engine.name}`, async () => {
    const trainer = await createTrainer(
      engine,
      { loss, parameters: pretraining.parameters, inputs },
      initialState(pretraining.parameters, translatePretraining(golden.weights)),
    );
    const losses: number[] = [];
    for (let step = 0; step < 3; step++) {
      losses.push((await trainer.step(pretrainingBatch(), 1e-3, createGenerator(0))).loss);
    }
    assertClose(losses, golden.adam3.losses, "losses");
    const after = withoutKeyBiases(translatePretraining(golden.adam3.after));
    assertAllClose((await trainer.readState()).parameters, after, "parameters after");
    await trainer.release();
  });

  Deno.test(`S3-Rec in fine-tuning equals the reference on ${engine.name}: scores, loss, gradients`, async () => {
    const trained = trainableNames(fineTuned.parameters);
    const program = await engine.compile((given, noise) => {
      const parameters = parametersOf(fineTuned.parameters, given);
      const { losses, gradients } = lossAndGradients(
        evaluationLoss(fineTuned),
        parameters,
        trained,
        given,
        noise,
      );
      const table = fineTuned.itemTable(parameters, null, null);
      const { items, positions, segments } = given;
      const encoded = fineTuned.encode(table, { items, positions, segments }, parameters, null);
      const scores = tf.matMul(tf.gather(encoded, given.queries as tf.Tensor1D), table, false, true);
      return { scores, ...losses, ...gradients };
    }, {
      ...parameterInputs(fineTuned.parameters),
      ...nextItemInputs(fineTuned, { rows, length, capacity: rows }),
    });
    const found = await program.run({ ...named(translateFineTuned(golden.weights)), ...fineTuningBatch() });
    const ofItems = found.scores.filter((_, at) => at % (items + 1) < items);
    assertClose(ofItems, flat(golden.finetune_scores), "scores");
    assertClose(found.loss, [golden.finetune_loss], "loss");
    assertAllClose(found, translateFineTuned(golden.finetune_grads), "gradient");
    // what only pre-training has stays out of it
    for (const head of [...headNames, "adapter.mlp_layers.1"]) {
      const gradient = golden.finetune_grads[`${head}.weight`];
      assert.ok(flat(gradient).every((value) => value === 0), head);
    }
    await program.release();
  });
}
