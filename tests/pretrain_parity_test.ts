// The two contrastive pre-training losses against numbers that the authors' PyTorch code computed.
import assert from "node:assert/strict";
import type { Arrays, ArraySpec } from "../lib/engine/array_spec.ts";
import { createEagerEngine } from "../lib/engine/eager_engine.ts";
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import { createUniSRec } from "../lib/systems/unisrec/model.ts";
import { createGenerator } from "../lib/random.ts";
import { defaultTasks, pretrainingLoss, renameAugmented } from "../lib/systems/unisrec/loss.ts";
import type { PackedView } from "../lib/training/joined/augment.ts";
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
const model = createUniSRec(sizes.n_items, {
  hiddenSize: sizes.hidden,
  innerSize: sizes.inner,
  maxLength: length,
  dropout: 0,
  gateNoise: false,
  adaptorDropout: 0,
  featureSize: sizes.plm,
  experts: sizes.experts,
});

/** Right-padded sequences, one per row. */
function padded(
  lengths: number[],
  items: (row: number, column: number) => number,
): PackedView {
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
  users: Int32Array.from(batch.item_id.keys()),
  weights: new Float32Array(rows).fill(1 / rows),
  ...clean,
  ...renameAugmented(augmented),
};
const inputs: Record<string, ArraySpec> = Object.fromEntries(
  Object.entries(arrays).map(([name, values]) => [name, {
    shape: name === "features" ? [values.length / sizes.plm, sizes.plm] : [values.length],
    type: values instanceof Float32Array ? "float32" : "int32",
  }]),
);

const loss = pretrainingLoss(model, { ...defaultTasks, falseNegatives: "zero logit" }, []);

const trained = trainableNames(model.parameters);

/** The reference's parameters or gradients without the gate's noise, which the model has none of here. */
function translateNoiseless(tensors: GoldenTensors): Arrays {
  const { "adaptor.noise.kernel": noise, ...others } = translate(tensors);
  assert.ok(noise);
  return others;
}

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
      const weights = Object.entries(translateNoiseless(golden.weights)).map((
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
      { loss, parameters: model.parameters, inputs },
      initialState(model.parameters, translateNoiseless(golden.weights)),
    );
    const losses: number[] = [];
    for (let step = 0; step < 3; step++) {
      losses.push((await trainer.step(arrays, 1e-3, createGenerator(0))).loss);
    }
    assertClose(losses, golden.adam3.losses, "losses");
    const after = Object.entries(translateNoiseless(golden.adam3.after)).filter(([name]) =>
      !name.endsWith("attention.key.bias")
    );
    assertAllClose((await trainer.readState()).parameters, Object.fromEntries(after), "parameters after");
    await trainer.release();
  });
}
