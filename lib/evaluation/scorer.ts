import * as tf from "@tensorflow/tfjs";
import type { FeatureTable } from "../data/domain.ts";
import { allocate, type ArraySpec } from "../engine/array_spec.ts";
import { type Held, isHeld, releaseAll, type Values } from "../engine/held_array.ts";
import type { Engine, Program } from "../engine/program.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { batchArrays, featureInput, nextItemInputs } from "../training/next_item.ts";
import type { BatchShape, PackedBatch } from "../training/packing/packing.ts";
import { hasItemRows, parameterInputs, parametersOf, readRows, stepNames } from "../training/step.ts";
import { ranksOf } from "./metrics.ts";
import { rankTargets } from "./rank_targets.ts";
import { signedTieOrder } from "./tie_order.ts";

/** Scores all items for the sequences of packed batches. */
export interface Scorer {
  /**
   * Computes the item representations, once for all batches that follow.
   *
   * @param parameters by name, wherever they are; they must stay as they are until the last of those batches
   */
  setParameters(parameters: Values): Promise<void>;
  /**
   * Returns every item's score for each prediction of a batch, in a buffer that the next call overwrites.
   *
   * @returns `[instances × items]`
   */
  score(batch: PackedBatch): Promise<Float32Array>;
  /**
   * Returns the 0-based rank of each prediction's target among all items, as `ranksOf` gives it of the scores.
   *
   * @returns `[instances]`
   * @throws {EngineError} if a score is not finite
   */
  rank(batch: PackedBatch): Promise<Int32Array>;
  /**
   * Returns the left side of the score for each prediction of a batch.
   *
   * @returns `[instances × score width]`
   */
  encode(batch: PackedBatch): Promise<{ values: Float32Array; width: number }>;
  /** Returns copies of what enters the encoder for each item, and of the right side of the score. */
  readTables(): Promise<ItemTables>;
  release(): Promise<void>;
}

/** Item representations of a model with its parameters, row by row. */
export interface ItemTables {
  /** What enters the encoder: `[items × width]`, with one more row for the mask if the model has one. */
  table: FeatureTable;
  /** What sequences are compared with: a score is the product of a sequence's row and an item's. `[items × score width]` */
  candidates: FeatureTable;
}

/** Items whose text features are adapted at once: the experts' outputs take ten times the memory of the table. */
const mostRows = 2048;

/** Up to so many items with text and ID are computed at once: the experts' outputs of 2,400 numbers then take 315 MB. */
const mostWithIds = 2 ** 15;

/**
 * Returns how many items of the table are computed at once: all, if they have no text, or something stands behind them, or
 * their embeddings are not said to be rows of items.
 */
function tableRows({ items, featureSize, queryAt, parameters }: SequenceModel): number {
  const { "items.embedding": embedding } = parameters;
  if (featureSize === null || queryAt === "mask" || embedding && !hasItemRows(embedding)) return items;
  const hasIds = Object.values(parameters).some(hasItemRows);
  return hasIds && items <= mostWithIds ? items : Math.min(items, mostRows);
}

/** The input that lists the items whose part of the table is computed. */
const partName = "part";

/**
 * Compiles what ranks items for a model: one program for the item table, others for sequences and scores.
 *
 * Batches may have several shapes: for each that is met, programs are compiled and kept.
 *
 * @param features of all items, `[items × feature size]`; null for a model that reads none
 */
export async function createScorer(
  engine: Engine,
  model: SequenceModel,
  features: Float32Array | null,
): Promise<Scorer> {
  const { items } = model;
  const parameters = parameterInputs(model.parameters);
  const rows = tableRows(model);
  const tableProgram = await engine.compileHolding(
    (inputs): Record<string, tf.Tensor> => {
      const all = parametersOf(model.parameters, inputs);
      const ours = rows < items ? readRows(model.parameters, all, inputs[partName]) : all;
      const table = model.itemTable(ours, inputs.features ?? null, null);
      const candidates = model.asCandidates(table, ours);
      // where both are one, such as SASRec's, it is held once: of a million items, that is hundreds of megabytes
      return candidates === table ? { table } : { table, candidates };
    },
    {
      ...parameters,
      ...featureInput({ ...model, items: rows }),
      ...(rows < items ? { [partName]: { shape: [rows], type: "int32" } } : {}),
    },
    ["table", "candidates"],
  );
  const nameOfCandidates = "candidates" in tableProgram.outputs ? "candidates" : "table";
  const tableSpecs = rows < items ? withRows(tableProgram.outputs, items) : tableProgram.outputs;
  /** Returns the left side of the score of each prediction. `[capacity, score width]` */
  function queriesOf(inputs: Record<string, tf.Tensor>): tf.Tensor2D {
    const { table, items, positions, segments, queries } = inputs;
    const ours = parametersOf(model.parameters, inputs);
    const encoded = model.encode(table, { items, positions, segments }, ours, null); // [slots, hidden]
    const sequences = tf.gather(encoded, queries as tf.Tensor1D); // [capacity, hidden]
    return model.asQueries(sequences, ours) as tf.Tensor2D;
  }
  function scoresOf(inputs: Record<string, tf.Tensor>): tf.Tensor2D {
    return tf.matMul(queriesOf(inputs), (inputs.candidates ?? inputs.table) as tf.Tensor2D, false, true); // [capacity, items]
  }
  const orderSpec: ArraySpec = { shape: [items], type: "int32" };
  const programs = new Map<string, Promise<Program>>();
  /** Returns the program that does one of three things with batches of a shape: who ranks needs no scores, for example. */
  function programFor(batch: PackedBatch, what: "score" | "rank" | "encode"): Promise<Program> {
    const shape: BatchShape = { rows: batch.rows, length: batch.length, capacity: batch.targets.length };
    const key = `${what} ${shape.rows} ${shape.capacity}`;
    const known = programs.get(key);
    if (known) return known;
    const { features: _, targets, weights: _weights, ...batchSpecs } = nextItemInputs(model, shape);
    const inputs = { ...parameters, ...tableSpecs, ...batchSpecs };
    const compile = {
      score: () => engine.compile((inputs) => ({ scores: scoresOf(inputs) }), inputs),
      rank: () =>
        engine.compile(
          ({ targets, order, ...inputs }) => rankTargets(scoresOf(inputs), targets, order),
          { ...inputs, targets, order: orderSpec },
        ),
      encode: () => engine.compile((inputs) => ({ sequences: queriesOf(inputs) }), inputs),
    };
    const compiled = compile[what]();
    programs.set(key, compiled);
    return compiled;
  }
  const { order } = await engine.hold(
    { order: Int32Array.from({ length: items }, (_, item) => signedTieOrder(item)) },
    { order: orderSpec },
  );
  // of a table that is computed in parts, each part reads features of its own
  const given = features === null || rows < items ? {} : await engine.hold({ features }, featureInput(model));
  let held: Held = {}; // parameters that came from outside the engine
  let values: Values = {};
  let tables: Held = {};
  let buffer = new Float32Array();
  /** Returns a buffer of so many numbers, which all batches share. */
  function scoreBuffer(size: number): Float32Array {
    if (buffer.length < size) buffer = new Float32Array(size);
    return buffer.subarray(0, size);
  }

  /** Computes the tables of so many items that they are taken `rows` at a time; the last part may overlap the one before. */
  async function computeInParts(features: Float32Array): Promise<Held> {
    const width = model.featureSize!;
    const whole = Object.fromEntries(
      Object.entries(tableSpecs).map(([name, spec]) => [name, allocate(spec)]),
    );
    for (let done = 0; done < items; done += rows) {
      const first = Math.min(done, items - rows);
      const read = features.subarray(first * width, (first + rows) * width);
      const part = Int32Array.from({ length: rows }, (_, at) => first + at);
      const { held } = await tableProgram.run({ ...values, features: read, [partName]: part });
      const computed = await engine.read(held);
      releaseAll(held);
      for (const [name, { shape }] of Object.entries(tableSpecs)) {
        whole[name].set(computed[name], first * shape[1]);
      }
    }
    return await engine.hold(whole, tableSpecs);
  }

  async function score(batch: PackedBatch): Promise<Float32Array> {
    const program = await programFor(batch, "score");
    const { scores } = await program.run(
      { ...values, ...tables, ...batchArrays(batch) },
      { scores: scoreBuffer(batch.targets.length * items) },
    );
    return (scores as Float32Array).subarray(0, batch.instances * items);
  }

  return {
    async setParameters(others) {
      releaseAll({ ...held, ...tables });
      const all = Object.keys(model.parameters).map((name) =>
        [stepNames.parameter(name), others[name]] as const
      );
      const elsewhere = Object.fromEntries(
        all.filter((entry): entry is [string, Float32Array] => !isHeld(entry[1])),
      );
      held = await engine.hold(elsewhere, parameters);
      values = { ...Object.fromEntries(all), ...held };
      tables = rows < items
        ? await computeInParts(features!)
        : (await tableProgram.run({ ...values, ...given })).held;
    },
    score,
    async rank(batch) {
      const program = await programFor(batch, "rank");
      const { ranks, comparable, largest } = await program.run({
        ...values,
        ...tables,
        ...batchArrays(batch),
        order,
      });
      const ours = ranks.subarray(0, batch.instances) as Int32Array;
      const isFinite = ours.every((_, at) => comparable[at] === items && largest[at] < Infinity);
      // the slow way says which score it is
      return isFinite ? ours : ranksOf(await score(batch), batch.targets.subarray(0, batch.instances), items);
    },
    async encode(batch) {
      const { sequences } = await (await programFor(batch, "encode")).run(
        { ...values, ...tables, ...batchArrays(batch) },
      );
      const width = tableSpecs[nameOfCandidates].shape[1];
      return { values: (sequences as Float32Array).subarray(0, batch.instances * width), width };
    },
    async readTables() {
      const read = await engine.read(tables);
      const tableOf = (name: string): FeatureTable => {
        const [rows, width] = tableSpecs[name].shape;
        return { values: read[name] as Float32Array, rows, width };
      };
      return { table: tableOf("table"), candidates: tableOf(nameOfCandidates) };
    },
    async release() {
      releaseAll({ order, ...given, ...held, ...tables });
      await tableProgram.release();
      for (const program of programs.values()) await (await program).release();
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
