import * as tf from "@tensorflow/tfjs";
import type { Arrays } from "../../engine/array_spec.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { domainCrossEntropy } from "../../nn/losses/domain_cross_entropy.ts";
import { gatherFeatures, type JoinedDomains } from "../../training/joined/joined_domains.ts";
import { domainOf } from "../../training/joined/joined_items.ts";
import { nextItemInputs } from "../../training/next_item.ts";
import type { PretrainingObjective } from "../../training/objective.ts";
import { indexItems, packDomains } from "../../training/joined/packed_domains.ts";
import type { PackedBatch } from "../../training/packing/packing.ts";
import { sequenceSegments } from "../../training/packing/segments.ts";
import type { Loss } from "../../training/step.ts";

/**
 * Trains a model that reads text features to predict each next item among those that its batch has of the same domain.
 *
 * Each batch carries the feature vectors of its distinct items only, and its items are rows of those.
 *
 * @throws {DataError} if a domain has nothing to be trained on
 */
export function zesrecObjective(
  model: SequenceModel,
  joined: JoinedDomains,
  batchSize: number,
): PretrainingObjective {
  const { names, firstItems, firstUsers, featureSize } = joined;
  const { shape, instances, pack } = packDomains(joined, sequenceSegments, batchSize, model.maxLength);
  const features = new Float32Array(shape.distinctItems * featureSize);

  function arraysOf(batch: PackedBatch): Arrays {
    const { items, view, targets } = indexItems(batch);
    gatherFeatures(joined, joined.features, items, features, 0);
    features.fill(0, items.length * featureSize);
    const itemDomains = new Int32Array(shape.distinctItems).fill(-1);
    itemDomains.set(items.map((item) => domainOf(firstItems, item)));
    const userDomains = new Int32Array(shape.capacity);
    userDomains.set(batch.users.map((user) => domainOf(firstUsers, user)));
    return { features, ...view, targets, weights: batch.weights, itemDomains, userDomains };
  }

  return {
    inputs: {
      ...nextItemInputs({ items: shape.distinctItems, featureSize }, shape),
      itemDomains: { shape: [shape.distinctItems], type: "int32" },
      userDomains: { shape: [shape.capacity], type: "int32" },
    },
    loss: zesrecLoss(model, names.length),
    instances,
    batches: (generator) =>
      pack(generator).map((batch) => ({ arrays: () => arraysOf(batch), instances: batch.instances })),
  };
}

/**
 * Makes the loss: the mean cross-entropy of the next item among the batch's distinct items of the user's domain.
 *
 * @param model its items are the rows of the step's features
 * @param domains how many there are
 */
export function zesrecLoss(model: SequenceModel, domains: number): Loss {
  return (parameters, inputs, noise) => {
    const table = model.itemTable(parameters, inputs.features, noise); // [rows, hidden]
    const { items, positions, segments, targets, weights, itemDomains, userDomains } = inputs;
    const encoded = model.encode(table, { items, positions, segments }, parameters, noise); // [slots, hidden]
    const sequences = tf.gather(encoded, inputs.queries as tf.Tensor1D); // [capacity, hidden]
    return {
      loss: domainCrossEntropy(
        model.asQueries(sequences, parameters),
        model.asCandidates(table, parameters),
        targets,
        weights,
        { queries: userDomains, candidates: itemDomains },
        domains,
      ),
    };
  };
}
