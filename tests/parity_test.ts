// Our SASRec and UniSRec against numbers that the authors' PyTorch code computed (tests/golden), on every engine.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Arrays } from "../lib/engine/array_spec.ts";
import { createEagerEngine } from "../lib/engine/eager_engine.ts";
import type { NoiseSource } from "../lib/engine/noise.ts";
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import type { Engine } from "../lib/engine/program.ts";
import { webgpuProblem } from "../lib/engine/webgpu.ts";
import type { SequenceModel } from "../lib/nn/sequence_model.ts";
import { createSasRec } from "../lib/systems/sasrec/model.ts";
import { createUniSRec } from "../lib/systems/unisrec/model.ts";
import { itemCrossEntropy } from "../lib/nn/losses/item_cross_entropy.ts";
import { adaptItems, gateWeights } from "../lib/nn/moe_adaptor.ts";
import { createGenerator } from "../lib/random.ts";
import { nextItemInputs } from "../lib/training/next_item.ts";
import { type Loss, parameterInputs, parametersOf, trainableNames } from "../lib/training/step.ts";
import { createTrainer, initialState } from "../lib/training/trainer.ts";
import {
  assertAllClose,
  assertClose,
  flat,
  type GoldenModel,
  type GoldenUniSRec,
  readGolden,
  translate,
} from "./golden.ts";
import { evaluationLoss, gradientsOf, prefixed, unprefixed } from "./model_gradients.ts";

const noWebgpu = await webgpuProblem();
const engines = [
  { engine: createOnnxEngine(), problem: null },
  { engine: createEagerEngine("cpu"), problem: null },
  { engine: createOnnxEngine({ platform: "webgpu" }), problem: noWebgpu },
];

/** Registers a test that is ignored, with the reason in its name, where the engine cannot run. */
function parityTest(
  { engine, problem }: { engine: Engine; problem: string | null },
  name: string,
  fn: () => Promise<void>,
) {
  const reason = problem === null ? "" : ` (ignored: ${problem})`;
  Deno.test({ name: `${name} on ${engine.name}${reason}`, ignore: problem !== null, fn });
}

const sasrec = await readGolden<GoldenModel>("sasrec");
const inductive = await readGolden<GoldenUniSRec>("unisrec_inductive");
const transductive = await readGolden<GoldenUniSRec>("unisrec_transductive");

/** The reference's sizes, without dropout. Its padding item 0 is one more class, so here it is an item like others. */
function sizesOf({ sizes }: GoldenModel) {
  return {
    hiddenSize: sizes.hidden,
    innerSize: sizes.inner,
    maxLength: sizes.max_len,
    dropout: 0,
    adaptorDropout: 0,
    featureSize: sizes.plm,
    experts: sizes.experts,
  };
}

const cases: { golden: GoldenModel; model: SequenceModel }[] = [
  { golden: sasrec, model: createSasRec(sasrec.sizes.n_items, sizesOf(sasrec)) },
  ...(["inductive", "transductive"] as const).map((setting) => {
    const golden = setting === "inductive" ? inductive : transductive;
    return { golden, model: createUniSRec(golden.sizes.n_items, { ...sizesOf(golden), setting }) };
  }),
];

/** The reference's batch: one sequence per row, padded on the right; the loss is the mean over the sequences. */
function batchOf({ batch, sizes, plm_embedding }: GoldenModel, model: SequenceModel): Arrays {
  const rows = batch.item_id_list.length;
  const length = sizes.max_len;
  const slots = Array.from({ length: rows * length }, (_, slot) => ({
    row: Math.floor(slot / length),
    column: slot % length,
  }));
  return {
    ...(model.featureSize === null ? {} : { features: flat(plm_embedding) }),
    items: Int32Array.from(batch.item_id_list.flat()),
    positions: Int32Array.from(slots, ({ column }) => column),
    segments: Int32Array.from(
      slots,
      ({ row, column }, slot) => column < batch.item_length[row] ? row : -1 - slot,
    ),
    queries: Int32Array.from(batch.item_length, (items, row) => row * length + items - 1),
    targets: Int32Array.from(batch.item_id),
    weights: new Float32Array(rows).fill(1 / rows),
  };
}

function specsOf({ batch, sizes }: GoldenModel, model: SequenceModel) {
  const rows = batch.item_id_list.length;
  return nextItemInputs(model, { rows, length: sizes.max_len, capacity: rows });
}

/** Without gate noise its kernel has no influence: the reference leaves it as it is. */
const noiseKernel = "adaptor.noise.";

/** The gradient of a key's bias is 0 in exact arithmetic: Adam then makes steps of the rounding error's sign. */
const withoutKeyBiases = (arrays: Arrays) =>
  Object.fromEntries(Object.entries(arrays).filter(([name]) => !name.endsWith("attention.key.bias")));

for (const tested of engines) {
  const { engine } = tested;
  for (const { golden, model } of cases) {
    const specs = { ...parameterInputs(model.parameters), ...specsOf(golden, model) };
    const arrays = { ...prefixed("parameters/", translate(golden.weights)), ...batchOf(golden, model) };

    parityTest(tested, `${model.name} equals the reference: sequences, scores, adaptor, gates`, async () => {
      const program = await engine.compile((inputs) => {
        const parameters = parametersOf(model.parameters, inputs);
        const table = model.itemTable(parameters, inputs.features ?? null, null);
        const { items, positions, segments } = inputs;
        const encoded = model.encode(table, { items, positions, segments }, parameters, null);
        const sequences = tf.gather(encoded, inputs.queries as tf.Tensor1D);
        const scores = tf.matMul(
          model.asQueries(sequences, parameters),
          model.asCandidates(table, parameters),
          false,
          true,
        );
        const gates: Record<string, tf.Tensor> = inputs.features
          ? { gates: gateWeights(inputs.features, parameters, null) }
          : {};
        return { sequences, scores, table, ...gates };
      }, specs);
      const found = await program.run(arrays);
      assertClose(found.sequences, flat(golden.seq_output), "sequence output");
      // the reference's UniSRec scores are cosines, before the temperature
      const scale = model.featureSize === null ? 1 : 0.07;
      assertClose(found.scores.map((score) => score * scale), flat(golden.scores), "scores");
      if ("moe_items" in golden) {
        const { moe_items, gates_items } = golden as GoldenUniSRec;
        if (model.name === "UniSRec t") assertClose(found.table, flat(moe_items), "adaptor output");
        assertClose(found.gates, flat(gates_items), "gates");
      }
      await program.release();
    });

    parityTest(tested, `${model.name} equals the reference: loss and every gradient`, async () => {
      const program = await engine.compile(gradientsOf(evaluationLoss(model), model, [noiseKernel]), specs);
      const found = await program.run(arrays);
      assertClose(found.loss, [golden.loss], "loss");
      const gradients = unprefixed("gradient/", found);
      const { "adaptor.noise.kernel": unused, ...expected } = translate(golden.grads);
      assert.ok(
        (unused ?? []).every((value) => value === 0),
        "the reference's gradient of the noise kernel is 0",
      );
      assert.deepEqual(Object.keys(gradients).sort(), trainableNames(model.parameters, [noiseKernel]).sort());
      assertAllClose(gradients, expected, "gradient");
      await program.release();
    });

    const variants = [{ name: "three Adam steps", frozen: [noiseKernel], expected: golden.adam3 }];
    if ("adam3_frozen_encoder" in golden) {
      const expected = (golden as GoldenUniSRec).adam3_frozen_encoder;
      variants.push({
        name: "three Adam steps, encoder frozen",
        frozen: [noiseKernel, "encoder.", "positions."],
        expected,
      });
    }
    for (const { name, frozen, expected } of variants) {
      parityTest(tested, `${model.name} equals the reference: ${name}`, async () => {
        const weights = translate(golden.weights);
        const trainer = await createTrainer(
          engine,
          {
            loss: evaluationLoss(model),
            parameters: model.parameters,
            frozen,
            inputs: specsOf(golden, model),
          },
          initialState(model.parameters, translate(golden.weights), frozen),
        );
        const losses: number[] = [];
        for (let step = 0; step < 3; step++) {
          losses.push((await trainer.step(batchOf(golden, model), 1e-3, createGenerator(0))).loss);
        }
        assertClose(losses, expected.losses, "losses");
        const { parameters } = await trainer.readState();
        assertAllClose(
          parameters,
          withoutKeyBiases(translate(expected.after)),
          "parameters after",
        );
        const trained = trainableNames(model.parameters, frozen);
        for (const parameter of Object.keys(weights).filter((name) => !trained.includes(name))) {
          assert.deepEqual(parameters[parameter], weights[parameter], `${parameter} is frozen`);
        }
        await trainer.release();
      });
    }
  }
}

/**
 * UniSRec's loss with gate noise that the reference drew anew for each place of the batch and each candidate.
 *
 * Ours draws once per item, so here every place of the batch becomes an item of its own, after the candidates.
 */
function noisyLoss(model: SequenceModel, golden: GoldenUniSRec): Loss {
  const { noise_seq, noise_items } = golden.train_mode_noise;
  const recorded: NoiseSource = {
    dropoutMask: () => assert.fail("the reference's numbers are without dropout"),
    normal: (shape) => tf.tensor(flat([...noise_items, ...noise_seq.flat()]), [...shape]),
  };
  return (parameters, { features, items, positions, segments, queries, targets, weights }) => {
    const places = tf.gather(features, items as tf.Tensor1D);
    const config = {
      featureSize: golden.sizes.plm,
      experts: golden.sizes.experts,
      adaptorDropout: 0,
      adaptorMasks: "one" as const,
    };
    const table = adaptItems(
      tf.concat([features, places]),
      parameters,
      { ...config, whitening: "parametric", gateNoise: true },
      recorded,
    );
    const placeItems = tf.range(golden.sizes.n_items, golden.sizes.n_items + items.shape[0], 1, "int32");
    const encoded = model.encode(table, { items: placeItems, positions, segments }, parameters, null);
    const candidates = tf.slice(table, [0, 0], [golden.sizes.n_items, golden.sizes.hidden]);
    const sequences = model.asQueries(tf.gather(encoded, queries as tf.Tensor1D), parameters);
    return {
      loss: itemCrossEntropy(sequences, model.asCandidates(candidates, parameters), targets, weights),
    };
  };
}

for (const tested of engines) {
  const { engine } = tested;
  parityTest(tested, "UniSRec t with recorded gate noise equals the reference", async () => {
    const { model } = cases[1];
    const { loss, grads } = inductive.train_mode_noise;
    const program = await engine.compile(
      gradientsOf(noisyLoss(model, inductive), model),
      { ...parameterInputs(model.parameters), ...specsOf(inductive, model) },
    );
    const found = await program.run({
      ...prefixed("parameters/", translate(inductive.weights)),
      ...batchOf(inductive, model),
    });
    assertClose(found.loss, [loss], "loss");
    assertAllClose(unprefixed("gradient/", found), translate(grads), "gradient");
    await program.release();
  });
}
