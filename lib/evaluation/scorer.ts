import * as tf from "@tensorflow/tfjs";
import type { Arrays, ArraySpec } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import type { SequenceModel } from "../models/model.ts";
import { batchArrays, featureInput, nextItemInputs } from "../training/next_item.ts";
import type { BatchShape, PackedBatch } from "../training/packing.ts";
import { parameterInputs, parametersOf, stepNames } from "../training/step.ts";

/** Scores all items for the sequences of packed batches. */
export interface Scorer {
  /** Computes the item representations, once for all batches that follow. */
  setParameters(parameters: Arrays, features: Float32Array | null): Promise<void>;
  /**
   * Returns every item's score for each prediction of a batch, in a buffer that the next call overwrites.
   *
   * @returns `[instances × items]`
   */
  score(batch: PackedBatch): Promise<Float32Array>;
  release(): Promise<void>;
}

/**
 * Compiles what ranks items for a model: one program for the item table, one for sequences and scores.
 *
 * @param shape the shape of the batches that will be scored
 */
export async function createScorer(engine: Engine, model: SequenceModel, shape: BatchShape): Promise<Scorer> {
  const parameters = parameterInputs(model.parameters);
  const tableSpec: ArraySpec = { shape: [model.items, model.hiddenSize], type: "float32" };
  const tableProgram = await engine.compile((inputs) => {
    const table = model.itemTable(parametersOf(model.parameters, inputs), inputs.features ?? null, null);
    return { table, candidates: model.asCandidates(table) };
  }, { ...parameters, ...featureInput(model) });
  const { features: _, targets: _targets, weights: _weights, ...batchSpecs } = nextItemInputs(model, shape);
  const scoreProgram = await engine.compile((inputs) => {
    const { table, candidates, items, positions, segments, queries } = inputs;
    const ours = parametersOf(model.parameters, inputs);
    const encoded = model.encode(table, { items, positions, segments }, ours, null); // [slots, hidden]
    const sequences = tf.gather(encoded, queries as tf.Tensor1D); // [capacity, hidden]
    return { scores: tf.matMul(model.asQueries(sequences), candidates, false, true) }; // [capacity, items]
  }, { ...parameters, table: tableSpec, candidates: tableSpec, ...batchSpecs });
  let given: Arrays = {};
  let tables: Arrays = {};
  let scores: Arrays = {};
  return {
    async setParameters(values, features) {
      given = Object.fromEntries(
        Object.keys(model.parameters).map((name) => [stepNames.parameter(name), values[name]]),
      );
      tables = await tableProgram.run({ ...given, ...(features === null ? {} : { features }) }, tables);
    },
    async score(batch) {
      scores = await scoreProgram.run({ ...given, ...tables, ...batchArrays(batch) }, scores);
      return (scores.scores as Float32Array).subarray(0, batch.instances * model.items);
    },
    async release() {
      await tableProgram.release();
      await scoreProgram.release();
    },
  };
}
