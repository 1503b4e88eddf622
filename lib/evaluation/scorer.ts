import * as tf from "@tensorflow/tfjs";
import { allocate, type Arrays, type ArraySpec } from "../engine/array_spec.ts";
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

/** Items whose text features are adapted at once: the experts' outputs take ten times the memory of the table. */
const mostRows = 2048;

/** Returns how many items of the table are computed at once: all, if an item is more than its text. */
function tableRows({ items, featureSize, parameters }: SequenceModel): number {
  return featureSize === null || "items.embedding" in parameters ? items : Math.min(items, mostRows);
}

/**
 * Compiles what ranks items for a model: one program for the item table, one for sequences and scores.
 *
 * @param shape the shape of the batches that will be scored
 */
export async function createScorer(engine: Engine, model: SequenceModel, shape: BatchShape): Promise<Scorer> {
  const parameters = parameterInputs(model.parameters);
  const rows = tableRows(model);
  const tableProgram = await engine.compile((inputs) => {
    const ours = parametersOf(model.parameters, inputs);
    const table = model.itemTable(ours, inputs.features ?? null, null);
    return { table, candidates: model.asCandidates(table, ours) };
  }, { ...parameters, ...featureInput({ ...model, items: rows }) });
  const inParts = rows < model.items;
  const tableSpecs = inParts ? withRows(tableProgram.outputs, model.items) : tableProgram.outputs;
  const { features: _, targets: _targets, weights: _weights, ...batchSpecs } = nextItemInputs(model, shape);
  const scoreProgram = await engine.compile((inputs) => {
    const { table, candidates, items, positions, segments, queries } = inputs;
    const ours = parametersOf(model.parameters, inputs);
    const encoded = model.encode(table, { items, positions, segments }, ours, null); // [slots, hidden]
    const sequences = tf.gather(encoded, queries as tf.Tensor1D); // [capacity, hidden]
    return { scores: tf.matMul(model.asQueries(sequences, ours), candidates, false, true) }; // [capacity, items]
  }, { ...parameters, ...tableSpecs, ...batchSpecs });
  let given: Arrays = {};
  let tables: Arrays = {};
  let scores: Arrays = {};
  /** Computes the tables of so many items that they are taken `rows` at a time; the last part may overlap the one before. */
  async function computeInParts(features: Float32Array): Promise<Arrays> {
    const width = model.featureSize!;
    const whole = Object.fromEntries(
      Object.entries(tableSpecs).map(([name, spec]) => [name, allocate(spec)]),
    );
    let part: Arrays = {};
    for (let done = 0; done < model.items; done += rows) {
      const first = Math.min(done, model.items - rows);
      const read = features.subarray(first * width, (first + rows) * width);
      part = await tableProgram.run({ ...given, features: read }, part);
      for (const [name, { shape }] of Object.entries(tableSpecs)) {
        whole[name].set(part[name], first * shape[1]);
      }
    }
    return whole;
  }
  return {
    async setParameters(values, features) {
      given = Object.fromEntries(
        Object.keys(model.parameters).map((name) => [stepNames.parameter(name), values[name]]),
      );
      tables = inParts
        ? await computeInParts(features!)
        : await tableProgram.run({ ...given, ...(features === null ? {} : { features }) }, tables);
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

/** Returns specs of the same arrays with another number of rows. */
function withRows(specs: Record<string, ArraySpec>, rows: number): Record<string, ArraySpec> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape: [, ...columns], type }]) => [
      name,
      { shape: [rows, ...columns], type },
    ]),
  );
}
