import * as tf from "@tensorflow/tfjs";
import { dirname } from "node:path";
import { portableModel, type PortableParts } from "../../engine/portable_model.ts";
import { ParameterError } from "../../errors.ts";
import type { Recommender } from "../../evaluation/recommender.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { parameterInputs, parametersOf, stepNames } from "../../training/step.ts";
import { version } from "../../version.ts";
import { makeFolder, writeFileAtomically } from "../../write_file.ts";
import { needNetwork } from "./save_vectors.ts";

/** What follows a history that is shorter than the longest. */
const padding = -1;

/** The most bytes that an ONNX file holds: a limit of its format. */
const largestFile = 2 ** 31 - 1;

/**
 * Saves a trained network as one `.onnx` file that any ONNX runtime opens: standard operators (operator set 17),
 * parameters and item table inside.
 *
 * - input `histories`, int32 `[batch, length]`: item indices in time order, oldest first, then −1 up to the length; of a
 *   longer history its last items. The length is in the file's metadata, and in the shape of the input.
 * - output `scores`, float32 `[batch, items]`: the higher the better, in the order of the metadata's `item_ids`, a JSON
 *   list. A row that has no item, an item after a −1, or an index beyond the last item gets NaN.
 * - output `sequences`, float32 `[batch, width]`: the histories' vectors, as `saveVectors` has them.
 *
 * Items of the history are scored like all others: leave them out of the list that is shown.
 *
 * @param recommender a trained network
 * @param path of the file; its folder is made if need be
 * @throws {ParameterError} if the recommender is no network, or larger than the 2 GB that an ONNX file holds
 * @throws {StorageError} if the file cannot be written
 */
export async function saveOnnx(recommender: Recommender, path: string): Promise<void> {
  const { network: { model, parameters }, readTables, system, itemIds } = needNetwork(recommender);
  const { table: { values, rows, width } } = await readTables();
  const specs = parameterInputs(model.parameters);
  const read = Object.keys(model.parameters).map((name) => stepNames.parameter(name));
  const bytes = values.byteLength +
    Object.values(parameters).reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytes > largestFile) {
    throw new ParameterError({
      where: "recommender",
      expected: "parameters and item vectors of at most 2 GB together, which is all that an ONNX file holds",
      found: `${(bytes / 2 ** 30).toFixed(1)} GB`,
      advice: "Train with a smaller hiddenSize, or serve it with this library.",
    });
  }
  const bytesOfModel = await portableModel({
    ...scoring(model),
    constants: {
      table: { values, spec: { shape: [rows, width], type: "float32" } },
      ...Object.fromEntries(
        Object.keys(model.parameters).map((name, at) => [read[at], {
          values: parameters[name],
          spec: specs[read[at]],
        }]),
      ),
    },
    metadata: {
      system,
      version,
      length: String(longestHistory(model)),
      padding: String(padding),
      item_ids: JSON.stringify(itemIds),
    },
  });
  await makeFolder(dirname(path));
  await writeFileAtomically(path, [bytesOfModel]);
}

/** A mask takes one of the places that the encoder reads. */
function longestHistory({ maxLength, queryAt }: SequenceModel): number {
  return queryAt === "mask" ? maxLength - 1 : maxLength;
}

/** Returns the computation from padded histories to scores, each history in a row of its own. */
function scoring(model: SequenceModel): Pick<PortableParts, "computation" | "inputs"> {
  const { maxLength: length, queryAt, items } = model;
  return {
    inputs: { histories: { shape: [longestHistory(model)], type: "int32" } },
    computation({ histories, table, ...inputs }) {
      const ours = parametersOf(model.parameters, inputs);
      const rows = queryAt === "mask" ? tf.pad(histories, [[0, 0], [0, 1]], padding) : histories; // [batch, length]
      const [batch] = rows.shape;
      const zero = tf.scalar(0, "int32");
      const places = tf.reshape(tf.range(0, length, 1, "int32"), [1, length]);
      const isItem = tf.cast(tf.greaterEqual(rows, zero), "int32"); // [batch, length]
      const lengths = tf.sum(isItem, 1, true); // [batch, 1]
      const query = queryAt === "mask" ? lengths : tf.sub(lengths, tf.scalar(1, "int32")); // [batch, 1]
      const isQuery = tf.equal(places, query); // [batch, length]
      const known = tf.minimum(tf.maximum(rows, zero), tf.scalar(items - 1, "int32"));
      const slots = (x: tf.Tensor) => tf.reshape(x, [batch! * length]);
      const input = {
        items: slots(queryAt === "mask" ? maskAt(tf.cast(isQuery, "int32"), known, items) : known),
        positions: slots(tf.add(tf.mul(known, zero), places)),
        // what follows the query is a segment of its own, so that nothing of the history sees it
        segments: slots(tf.cast(tf.greater(places, query), "int32")),
      };
      const encoded = model.encode(table, input, ours, null); // [batch · length, width]
      const width = encoded.shape[1]!;
      const picked = tf.matMul(
        tf.reshape(tf.cast(isQuery, "float32"), [batch, 1, length]),
        tf.reshape(encoded, [batch, length, width]),
      ); // [batch, 1, width]
      const sequences = model.asQueries(tf.reshape(picked, [batch, width]), ours);
      const candidates = model.asCandidates(table, ours) as tf.Tensor2D;
      const scores = tf.matMul(sequences as tf.Tensor2D, candidates, false, true); // [batch, items]
      return {
        scores: tf.add(scores, nanUnless(isHistory(rows, isItem, places, lengths, items))),
        sequences,
      };
    },
  };
}

/** Puts the mask, whose number is that of the items, where `isQuery` is 1. int32 `[batch, length]` */
function maskAt(isQuery: tf.Tensor, known: tf.Tensor, items: number): tf.Tensor {
  const others = tf.mul(known, tf.sub(tf.scalar(1, "int32"), isQuery));
  return tf.add(others, tf.mul(isQuery, tf.scalar(items, "int32")));
}

/**
 * Returns 1 for rows of at least one item, with nothing but padding behind them, and 0 for others.
 *
 * @returns float32 `[batch, 1]`
 */
function isHistory(
  rows: tf.Tensor,
  isItem: tf.Tensor,
  places: tf.Tensor,
  lengths: tf.Tensor,
  items: number,
): tf.Tensor {
  const inFront = tf.sum(tf.mul(isItem, tf.cast(tf.less(places, lengths), "int32")), 1, true); // [batch, 1]
  const integer = (value: number) => tf.scalar(value, "int32");
  return tf.cast(
    [
      tf.equal(inFront, lengths),
      tf.greater(lengths, integer(0)),
      tf.less(tf.max(rows, 1, true), integer(items)),
      tf.lessEqual(tf.max(tf.neg(rows), 1, true), integer(-padding)),
    ].reduce((all, one) => tf.logicalAnd(all, one)),
    "float32",
  );
}

/** Returns 0 where a condition is 1, and NaN where it is 0. */
function nanUnless(condition: tf.Tensor): tf.Tensor {
  return tf.sub(tf.div(condition, condition), 1);
}
