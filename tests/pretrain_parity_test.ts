// The two contrastive pre-training losses against numbers that the authors' PyTorch code computed.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Arrays, ArraySpec } from "../lib/engine/array_spec.ts";
import { createEagerEngine } from "../lib/engine/eager_engine.ts";
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import { createUniSRec } from "../lib/models/unisrec.ts";
import { contrastiveLoss, falseNegatives } from "../lib/nn/contrast.ts";
import { createGenerator } from "../lib/random.ts";
import {
  type Loss,
  lossAndGradients,
  parameterInputs,
  parametersOf,
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

interface GoldenPretrain extends GoldenModel {
  item_length_aug: number[];
  item_emb_list_aug: number[][][];
  loss_seq_item: number;
  loss_seq_seq: number;
  grads_seq_item: GoldenTensors;
  grads_seq_seq: GoldenTensors;
  grads_total: GoldenTensors;
}

const golden = await readGolden<GoldenPretrain>("unisrec_pretrain");
const { sizes, batch } = golden;
const rows = batch.item_id_list.length;
const length = sizes.max_len;
const weight = 1e-3; // λ
const model = createUniSRec(sizes.n_items, {
  hiddenSize: sizes.hidden,
  innerSize: sizes.inner,
  maxLength: length,
  dropout: 0,
  adaptorDropout: 0,
  featureSize: sizes.plm,
  experts: sizes.experts,
});

/** Right-padded sequences, one per row. */
function padded(
  lengths: number[],
  items: (row: number, column: number) => number,
): Record<string, Int32Array> {
  const slots = Array.from({ length: rows * length }, (_, slot) => slot);
  const row = (slot: number) => Math.floor(slot / length);
  return {
    items: Int32Array.from(slots, (slot) => items(row(slot), slot % length)),
    positions: Int32Array.from(slots, (slot) => slot % length),
    segments: Int32Array.from(slots, (slot) => slot % length < lengths[row(slot)] ? row(slot) : -1 - slot),
    queries: Int32Array.from(lengths, (count, row) => row * length + count - 1),
  };
}

const clean = padded(batch.item_length, (row, column) => batch.item_id_list[row][column]);
// the augmented sequences' features are rows of their own, after the items'
const augmented = padded(golden.item_length_aug, (row, column) => sizes.n_items + row * length + column);
const arrays: Arrays = {
  features: flat([...golden.plm_embedding, ...golden.item_emb_list_aug.flat()]),
  targets: Int32Array.from(batch.item_id),
  weights: new Float32Array(rows).fill(1 / rows),
  ...clean,
  ...Object.fromEntries(Object.entries(augmented).map(([name, values]) => [`augmented/${name}`, values])),
};
const inputs: Record<string, ArraySpec> = Object.fromEntries(
  Object.entries(arrays).map(([name, values]) => [name, {
    shape: name === "features" ? [values.length / sizes.plm, sizes.plm] : [values.length],
    type: values instanceof Float32Array ? "float32" : "int32",
  }]),
);

const loss: Loss = (parameters, inputs) => {
  const table = model.itemTable(parameters, inputs.features, null);
  const encode = (prefix: string) => {
    const [items, positions, segments, queries] = ["items", "positions", "segments", "queries"]
      .map((name) => inputs[prefix + name]);
    return tf.gather(
      model.encode(table, { items, positions, segments }, parameters, null),
      queries as tf.Tensor1D,
    );
  };
  const sequences = encode("");
  const targets = model.asCandidates(tf.gather(table, inputs.targets as tf.Tensor1D));
  const equal = falseNegatives(inputs.targets);
  const contrast = (positives: tf.Tensor) =>
    contrastiveLoss(model.asQueries(sequences), positives, equal, inputs.weights, "zero logit");
  const sequenceItem = contrast(targets);
  const sequenceSequence = contrast(model.asCandidates(encode("augmented/")));
  return { loss: tf.add(sequenceItem, tf.mul(sequenceSequence, weight)), sequenceItem, sequenceSequence };
};

/** Without gate noise its kernel has no influence. */
const frozen = ["adaptor.noise."];
const trained = trainableNames(model.parameters, frozen);

for (const engine of [createOnnxEngine(), createEagerEngine("cpu")]) {
  const total = { of: "the sum", name: "loss", value: golden.loss, gradients: golden.grads_total };
  const sequenceItem = {
    of: "the sequence–item loss",
    name: "sequenceItem",
    value: golden.loss_seq_item,
    gradients: golden.grads_seq_item,
  };
  const sequenceSequence = {
    of: "the sequence–sequence loss",
    name: "sequenceSequence",
    value: golden.loss_seq_seq,
    gradients: golden.grads_seq_seq,
  };
  for (const { of, name, value, gradients } of [sequenceItem, sequenceSequence, total]) {
    Deno.test(`${of} and all its gradients equal the reference on ${engine.name}`, async () => {
      const one: Loss = (...args) => ({ loss: loss(...args)[name] });
      const program = await engine.compile((given, noise) => {
        const parameters = parametersOf(model.parameters, given);
        const { losses, gradients } = lossAndGradients(one, parameters, trained, given, noise);
        return { ...losses, ...gradients };
      }, { ...parameterInputs(model.parameters), ...inputs });
      const weights = Object.entries(translate(golden.weights)).map((
        [name, values],
      ) => [`parameters/${name}`, values]);
      const found = await program.run({ ...Object.fromEntries(weights), ...arrays });
      assertClose(found.loss, [value], "loss");
      const { "adaptor.noise.kernel": unused, ...expected } = translate(gradients);
      assert.ok((unused ?? []).every((value) => value === 0));
      assertAllClose(found, expected, "gradient");
      await program.release();
    });
  }

  Deno.test(`three Adam steps of pre-training equal the reference on ${engine.name}`, async () => {
    const trainer = await createTrainer(
      engine,
      { loss, parameters: model.parameters, frozen, inputs },
      initialState(model.parameters, translate(golden.weights), frozen),
    );
    const losses: number[] = [];
    for (let step = 0; step < 3; step++) {
      losses.push((await trainer.step(arrays, 1e-3, createGenerator(0))).loss);
    }
    assertClose(losses, golden.adam3.losses, "losses");
    const after = Object.entries(translate(golden.adam3.after)).filter(([name]) =>
      !name.endsWith("attention.key.bias")
    );
    assertAllClose(trainer.state.parameters, Object.fromEntries(after), "parameters after");
    await trainer.release();
  });
}
