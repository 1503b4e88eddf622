import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { packSequences, type Sequences } from "../lib/data/domain.ts";
import { sizeOf } from "../lib/engine/array_spec.ts";
import { createNoiseSource, type NoiseSpec } from "../lib/engine/noise.ts";
import type { SequenceModel } from "../lib/nn/sequence_model.ts";
import { createGenerator, normals } from "../lib/random.ts";
import { batchArrays, nextItemInputs } from "../lib/training/next_item.ts";
import { packBatches } from "../lib/training/packing/packing.ts";
import { type Segment, sequenceSegments } from "../lib/training/packing/segments.ts";
import { parameterInputs } from "../lib/training/step.ts";
import { engines, runOnce } from "./compare_engines.ts";
import { assertAllClose, assertClose } from "./golden.ts";
import { outputsOf } from "./golden_model.ts";
import { evaluationLoss, gradientsOf, prefixed, unprefixed } from "./model_gradients.ts";

/** A model's parameters in double precision: `rows(name)` are those of a matrix or the one row of a vector. */
export type PlainWeights = Record<string, number[][]>;

/** What a model computes without dropout, in plain arithmetic: every item's score after a history. */
export type PlainForward = (history: number[], weights: PlainWeights) => number[];

/** Returns row · matrix. */
export function times(row: readonly number[], matrix: readonly (readonly number[])[]): number[] {
  return matrix[0].map((_, column) => row.reduce((sum, value, i) => sum + value * matrix[i][column], 0));
}

/** Returns the sum of vectors. */
export function plus(...[first, ...others]: (readonly number[])[]): number[] {
  return first.map((value, at) => others.reduce((sum, other) => sum + other[at], value));
}

/** Returns the scalar product of a vector with each row of a matrix. */
export function against(row: readonly number[], matrix: readonly (readonly number[])[]): number[] {
  return matrix.map((other) => row.reduce((sum, value, i) => sum + value * other[i], 0));
}

/** Sequences of seven items whose training parts make two full rows: of four and two items; of three and one. */
const sequences: Sequences = packSequences([[2, 5, 0, 5, 3, 1, 1], [6, 4, 1, 0, 0], [1, 3, 3, 6, 2, 4], [
  0,
  6,
  1,
  2,
]]);

/** How many items the sequences are of. */
export const plainItems = 7;

/** The longest history that is read. */
export const plainLength = 6;

/** What a model reads in such a test: stretches of sequences of items, or of whatever else are the rows of its table. */
export interface PlainReading {
  sequences: Sequences;
  segments: Segment[];
}

const everyItem: PlainReading = { sequences, segments: sequenceSegments(sequences, plainLength) };

/**
 * Fails unless on both engines a model's scores, loss and gradients equal those of a plain function in double
 * precision, the gradients by central differences.
 *
 * @param model for histories of `plainLength`
 * @param reading sequences of `plainItems` items if left out
 */
export async function assertPlain(
  model: SequenceModel,
  forward: PlainForward,
  { sequences, segments }: PlainReading = everyItem,
) {
  const shape = { rows: segments.length, length: plainLength, capacity: sequences.items.length };
  const [batch] = packBatches(segments, sequences, shape);
  const specs = nextItemInputs(model, shape);
  const arrays = batchArrays(batch);
  const generator = createGenerator(3);
  const parameters = Object.fromEntries(
    Object.entries(model.parameters).map((
      [name, { shape }],
    ) => [name, normals(generator, sizeOf(shape), 0.7)]),
  );
  const weights: PlainWeights = Object.fromEntries(
    Object.entries(model.parameters).map(([name, { shape }]) => {
      const width = shape.at(-1)!;
      const rows = sizeOf(shape) / width;
      return [
        name,
        Array.from(
          { length: rows },
          (_, row) => [...parameters[name].subarray(row * width, (row + 1) * width)],
        ),
      ];
    }),
  );
  const queries = Array.from(batch.queries.subarray(0, batch.instances));
  const histories = queries.map((
    query,
  ) => [...batch.items.subarray(query - batch.positions[query], query + 1)]);
  const scores = () => histories.map((history) => forward(history, weights));
  const loss = () =>
    scores().reduce((sum, row, at) => {
      const total = row.reduce((sum, score) => sum + Math.exp(score), 0);
      return sum + (Math.log(total) - row[batch.targets[at]]) / batch.instances;
    }, 0);
  const gradients = Object.fromEntries(
    Object.entries(weights).map(([name, rows]) => [
      name,
      rows.flatMap((row) =>
        row.map((value, column) => {
          const shift = 1e-5;
          const [above, below] = [shift, -shift].map((moved) => {
            row[column] = value + moved;
            return loss();
          });
          row[column] = value;
          return (above - below) / (2 * shift);
        })
      ),
    ]),
  );
  for (const [name, values] of Object.entries(gradients)) {
    assert.ok(values.some((value) => Math.abs(value) > 1e-5), `${name} changes the loss`);
  }
  for (const engine of Object.values(engines)) {
    const outputs = await outputsOf(engine, model, parameters, { specs, arrays });
    const found = outputs.scores.subarray(0, batch.instances * model.items);
    assertClose(found, scores().flat(), `${engine.name}: scores`, 1e-5);
    const derived = await runOnce(
      engine,
      gradientsOf(evaluationLoss(model), model),
      { ...parameterInputs(model.parameters), ...specs },
      { ...prefixed("parameters/", parameters), ...arrays },
    );
    assertClose(derived.loss, [loss()], `${engine.name}: loss`, 1e-5);
    const expected = Object.fromEntries(
      Object.entries(gradients).map(([name, values]) => [name, Float32Array.from(values)]),
    );
    assertAllClose(unprefixed("gradient/", derived), expected, `${engine.name}: gradient of`);
  }
}

/** Returns the share that is kept, and the shape, of all that a model drops in training. */
export function droppedBy(model: SequenceModel, slots: number): { shape: readonly number[]; kept: number }[] {
  const specs: NoiseSpec[] = [];
  tf.tidy(() => {
    const noise = createNoiseSource(({ shape }) => tf.ones([...shape]), specs);
    const parameters = Object.fromEntries(
      Object.entries(model.parameters).map(([name, { shape }]) => [name, tf.ones([...shape])]),
    );
    const zeros = tf.zeros([slots], "int32");
    const table = model.itemTable(parameters, null, noise);
    model.encode(table, { items: zeros, positions: zeros, segments: zeros }, parameters, noise);
  });
  return specs.map((spec) => ({ shape: spec.shape, kept: spec.kind === "keep" ? spec.keepProbability : 1 }));
}
