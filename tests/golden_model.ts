import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Arrays, ArraySpec } from "../lib/engine/array_spec.ts";
import type { Engine } from "../lib/engine/program.ts";
import type { SequenceModel } from "../lib/nn/sequence_model.ts";
import { createGenerator } from "../lib/random.ts";
import { parameterInputs, parametersOf } from "../lib/training/step.ts";
import { createTrainer, initialState } from "../lib/training/trainer.ts";
import { runOnce } from "./compare_engines.ts";
import { assertAllClose, assertClose, flat, type GoldenTensors } from "./golden.ts";
import { evaluationLoss, gradientsOf, prefixed, unprefixed } from "./model_gradients.ts";

/** A batch, with the specs of its arrays. */
export interface GivenBatch {
  specs: Record<string, ArraySpec>;
  arrays: Arrays;
}

/** Translates a linear layer of the reference to our names and layout: its weight is `[out, in]`, ours `[in, out]`. */
export function translateLinear(tensors: GoldenTensors, theirs: string, ours: string): Arrays {
  const weight = tensors[`${theirs}.weight`] as number[][];
  const kernel = weight[0].map((_, input) => weight.map((row) => row[input]));
  return { [`${ours}.kernel`]: flat(kernel), [`${ours}.bias`]: flat(tensors[`${theirs}.bias`]) };
}

/** Returns the tensors whose names `choose` turns into other ones, under these. */
export function renamed(tensors: GoldenTensors, choose: (name: string) => string | null): GoldenTensors {
  const chosen = Object.entries(tensors).map(([name, values]) => [choose(name), values] as const);
  return Object.fromEntries(chosen.filter(([name]) => name !== null));
}

/** Returns what the encoder gives at each query, the queries made of it, and the scores, without dropout. */
export function outputsOf(
  engine: Engine,
  model: SequenceModel,
  weights: Arrays,
  { specs, arrays }: GivenBatch,
): Promise<Arrays> {
  return runOnce(
    engine,
    (inputs) => {
      const parameters = parametersOf(model.parameters, inputs);
      const table = model.itemTable(parameters, inputs.features ?? null, null);
      const { items, positions, segments } = inputs;
      const encoded = model.encode(table, { items, positions, segments }, parameters, null);
      const sequences = tf.gather(encoded, inputs.queries as tf.Tensor1D);
      const queries = model.asQueries(sequences, parameters);
      const scores = tf.matMul(queries, model.asCandidates(table, parameters), false, true);
      return { sequences, queries, scores };
    },
    { ...parameterInputs(model.parameters), ...specs },
    { ...prefixed("parameters/", weights), ...arrays },
  );
}

/** Fails unless loss and every gradient without dropout are these. */
export async function assertLossAndGradients(
  engine: Engine,
  model: SequenceModel,
  weights: Arrays,
  { specs, arrays }: GivenBatch,
  expected: { loss: number; gradients: Arrays },
) {
  const found = await runOnce(
    engine,
    gradientsOf(evaluationLoss(model), model),
    { ...parameterInputs(model.parameters), ...specs },
    { ...prefixed("parameters/", weights), ...arrays },
  );
  assertClose(found.loss, [expected.loss], "loss");
  const gradients = unprefixed("gradient/", found);
  assert.deepEqual(Object.keys(gradients).sort(), Object.keys(expected.gradients).sort());
  assertAllClose(gradients, expected.gradients, "gradient");
}

/** A gradient's number this near to 0 may have either sign in float32, and Adam steps by the sign. */
const unclear = 1e-7;

/** Fails unless three Adam steps on one batch, without dropout, have these losses and lead to these parameters. */
export async function assertThreeSteps(
  engine: Engine,
  model: SequenceModel,
  weights: Arrays,
  { specs, arrays }: GivenBatch,
  expected: { losses: number[]; after: Arrays; gradients: Arrays },
) {
  const task = { loss: evaluationLoss(model), parameters: model.parameters, inputs: specs };
  const trainer = await createTrainer(engine, task, initialState(model.parameters, weights));
  const losses: number[] = [];
  for (let step = 0; step < 3; step++) {
    losses.push((await trainer.step(arrays, 1e-3, createGenerator(0))).loss);
  }
  assertClose(losses, expected.losses, "losses");
  const { parameters } = await trainer.readState();
  for (const [name, after] of Object.entries(expected.after)) {
    // the gradient of a key's bias is 0 in exact arithmetic
    if (name.endsWith("attention.key.bias")) continue;
    const gradient = expected.gradients[name];
    const clear = (_: number, at: number) => gradient[at] === 0 || Math.abs(gradient[at]) >= unclear;
    const found = parameters[name];
    assertClose(found.filter(clear), after.filter(clear), `parameters after, ${name}`);
  }
  await trainer.release();
}
