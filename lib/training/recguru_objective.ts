import * as tf from "@tensorflow/tfjs";
import type { Arrays, ArraySpec } from "../engine/array_spec.ts";
import { type Autoencoder, discriminate } from "../models/recguru.ts";
import { domainCrossEntropy } from "../nn/domain_cross_entropy.ts";
import { itemCrossEntropy } from "../nn/item_cross_entropy.ts";
import { reverseGradient } from "../nn/reverse_gradient.ts";
import { domainOf, type JoinedItems } from "./joined_items.ts";
import { nextItemInputs } from "./next_item.ts";
import type { PretrainingObjective } from "./objective.ts";
import { indexItems, packDomains } from "./packed_domains.ts";
import type { PackedBatch } from "./packing.ts";
import { wholeSegments } from "./segments.ts";
import type { Loss } from "./step.ts";

/**
 * Trains RecGURU's autoencoder on the sequences of several domains, against the domain discriminator.
 *
 * Every training item is to be told once from the representation of its sequence, among the batch's items of the same
 * domain: were those of others candidates too, the representation would have to say what the discriminator must not know.
 * A batch names the rows of the item table that it reads; its items are numbers of those.
 *
 * @param adversarial λ, the weight with which the encoder unlearns what the discriminator learns
 * @throws {DataError} if a domain has nothing to be trained on
 */
export function recguruObjective(
  model: Autoencoder,
  joined: JoinedItems,
  batchSize: number,
  adversarial: number,
): PretrainingObjective {
  const { names, firstItems } = joined;
  const { shape, instances, pack } = packDomains(joined, wholeSegments, batchSize, model.maxLength);
  const slots = shape.rows * shape.length;

  function arraysOf(batch: PackedBatch): Arrays {
    const { items, view, targets } = indexItems(atOwnSlots(batch));
    const rows = new Int32Array(shape.distinctItems);
    rows.set(items);
    const rowDomains = new Int32Array(shape.distinctItems).fill(-1);
    rowDomains.set(items.map((item) => domainOf(firstItems, item)));
    const slotDomains = batch.items.map((item) => domainOf(firstItems, item));
    const queryDomains = batch.queries.map((slot) => slotDomains[slot]);
    return {
      rows,
      rowDomains,
      ...view,
      targets,
      weights: batch.weights,
      queryDomains,
      slotDomains,
      endWeights: weighEnds(batch, slotDomains),
    };
  }

  const numbers = (count: number, type: ArraySpec["type"] = "int32"): ArraySpec => ({ shape: [count], type });
  return {
    inputs: {
      ...nextItemInputs({ items: shape.distinctItems, featureSize: null }, shape),
      rows: numbers(shape.distinctItems),
      rowDomains: numbers(shape.distinctItems),
      queryDomains: numbers(shape.capacity),
      slotDomains: numbers(slots),
      endWeights: numbers(slots, "float32"),
    },
    loss: recguruLoss(model, names.length, adversarial),
    instances,
    batches: (generator) =>
      pack(generator).map((batch) => ({ arrays: () => arraysOf(batch), instances: batch.instances })),
  };
}

/**
 * Makes the loss: the cross-entropy of telling each item, and that of telling each sequence's domain.
 *
 * The discriminator's gradient reaches the encoder with the other sign, times λ: one step trains both. Beside `loss`,
 * their sum, it returns `reconstruction` and `domain`.
 *
 * @param domains how many there are
 * @param adversarial λ
 */
export function recguruLoss(model: Autoencoder, domains: number, adversarial: number): Loss {
  return (parameters, inputs, noise) => {
    const { items, positions, segments, targets, weights, rowDomains, queryDomains } = inputs;
    const all = model.itemTable(parameters, null, noise); // [items, hidden]
    const table = tf.gather(all, inputs.rows as tf.Tensor1D); // [rows, hidden]
    const users = model.encodeUsers(table, { items, positions, segments }, parameters, noise); // [slots, hidden]
    const queries = inputs.queries as tf.Tensor1D;
    const decoded = model.decode(tf.gather(users, queries), tf.gather(positions, queries), parameters, noise);
    const reconstruction = domainCrossEntropy(
      model.asQueries(decoded, parameters),
      model.asCandidates(table, parameters),
      targets,
      weights,
      { queries: queryDomains, candidates: rowDomains },
      domains,
    );
    const domain = itemCrossEntropy(
      discriminate(reverseGradient(users, adversarial), parameters),
      parameters["discriminator.domains"],
      inputs.slotDomains,
      inputs.endWeights,
    );
    return { loss: tf.add(reconstruction, domain), reconstruction, domain };
  };
}

/** Makes each query's target the item at its own slot. */
export function atOwnSlots(batch: PackedBatch): PackedBatch {
  return { ...batch, targets: batch.queries.map((slot) => batch.items[slot]) };
}

/**
 * Returns the weight of each slot in the discriminator's loss: each sequence counts once, at its end, and the batch's
 * domains count alike, however many sequences they have: so nothing is gained by guessing the largest. `[slots]`
 */
function weighEnds({ segments }: PackedBatch, slotDomains: Int32Array): Float32Array {
  const isEnd = (slot: number) => segments[slot] >= 0 && segments[slot] !== segments[slot + 1];
  const counts = new Map<number, number>();
  slotDomains.forEach((domain, slot) => {
    if (isEnd(slot)) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  });
  return Float32Array.from(
    slotDomains,
    (domain, slot) => isEnd(slot) ? 1 / (counts.get(domain)! * counts.size) : 0,
  );
}
