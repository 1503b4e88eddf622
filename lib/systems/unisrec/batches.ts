import type { Arrays, ArraySpec } from "../../engine/array_spec.ts";
import { type Generator, uniform } from "../../random.ts";
import {
  drawKept,
  dropItems,
  keepFirsts,
  type PackedView,
  useWordDropped,
} from "../../training/joined/augment.ts";
import type { TrainingBatch } from "../../training/fit.ts";
import { gatherFeatures, type JoinedDomains } from "../../training/joined/joined_domains.ts";
import { domainOf } from "../../training/joined/joined_items.ts";
import { indexItems, packDomains, padded } from "../../training/joined/packed_domains.ts";
import type { PackedBatch } from "../../training/packing/packing.ts";
import { domainWeights, pretrainingInputs, type PretrainingTasks, renameAugmented } from "./loss.ts";
import { prefixSegments, sequenceSegments } from "../../training/packing/segments.ts";

/** The share of a sequence's items that item drop removes, and that word drop takes words from. */
const dropRate = 0.2;
/** The share of batches whose augmented view is made by word drop, where there are features for it. */
const wordDropShare = 0.1;

/** Batches of several domains for the pre-training step. */
export interface PretrainingBatches {
  /** The step's inputs. */
  inputs: Record<string, ArraySpec>;
  /** How many rows of features a step reads. */
  featureRows: number;
  /** Instances in an epoch, by domain. */
  instances: Record<string, number>;
  /** Makes an epoch's batches, shuffled over all domains. Features are read when a batch's arrays are made. */
  batches(generator: Generator): TrainingBatch[];
}

/**
 * Makes batches in which the domains mix in proportion to their instances.
 *
 * Each batch carries the feature vectors of its distinct items only, and its items are rows of those.
 *
 * @param batchSize instances in a batch
 * @param maxLength the most items that the encoder reads at once
 * @param instances as in `PretrainingTasks`
 * @throws {DataError} if a domain has nothing to be trained on
 */
export function createPretrainingBatches(
  joined: JoinedDomains,
  batchSize: number,
  maxLength: number,
  instances: PretrainingTasks["instances"] = "sequence",
): PretrainingBatches {
  const { firstUsers, names } = joined;
  const makeSegments = instances === "prefix" ? prefixSegments : sequenceSegments;
  const { shape, instances: counts, pack } = packDomains(joined, makeSegments, batchSize, maxLength);
  const { rows, distinctItems } = shape;

  const droppedRows = joined.wordDropped ? mostDropped(rows * maxLength, distinctItems) : 0;
  const featureRows = distinctItems + droppedRows;
  const features = new Float32Array(featureRows * joined.featureSize);
  const domains = names.length > 1 ? names : [];

  function arraysOf(batch: PackedBatch, generator: Generator): Arrays {
    const { items, view, targets } = indexItems(batch);
    gatherFeatures(joined, joined.features, items, features, 0);
    const byWords = joined.wordDropped !== null && uniform(generator) < wordDropShare;
    const kept = drawKept(generator, view.items.length, dropRate);
    const spare = byWords
      ? addWordDropped(view, kept, items)
      : { view: dropItems(view, keepFirsts(kept, view)), rows: items.length };
    fillRows(features, joined.featureSize, spare.rows);
    return {
      features,
      ...view,
      ...renameAugmented(spare.view),
      targets,
      users: padded(Int32Array, batch.users, batchSize),
      weights: batch.weights,
      ...weightsByDomain(batch),
    };
  }

  /** Puts the word-dropped features after those of all items. */
  function addWordDropped(view: PackedView, kept: Uint8Array, items: number[]) {
    const dropped = useWordDropped(view, kept, items.length, featureRows - items.length);
    const wanted = dropped.items.map((local) => items[local]);
    gatherFeatures(joined, joined.wordDropped!, wanted, features, items.length);
    return { view: dropped.view, rows: items.length + wanted.length };
  }

  function weightsByDomain({ users, weights }: PackedBatch): Arrays {
    const arrays: Arrays = {};
    for (const domain of domains) arrays[domainWeights(domain)] = new Float32Array(batchSize);
    if (domains.length === 0) return arrays;
    users.forEach((user, i) => arrays[domainWeights(names[domainOf(firstUsers, user)])][i] = weights[i]);
    return arrays;
  }

  return {
    inputs: pretrainingInputs(shape, { rows: featureRows, width: joined.featureSize }, domains),
    featureRows,
    instances: counts,
    batches: (generator) =>
      pack(generator).map((batch) => ({
        arrays: (generator) => arraysOf(batch, generator),
        instances: batch.instances,
      })),
  };
}

/** Returns room for the items that word drop changes in nearly every batch, six standard deviations over the mean. */
function mostDropped(slots: number, distinctItems: number): number {
  const deviation = Math.sqrt(slots * dropRate * (1 - dropRate));
  return Math.min(distinctItems, Math.ceil(slots * dropRate + 6 * deviation));
}

/** Fills the rows from `first` on with copies of row 0: a row of zeros could not be normalised. */
function fillRows(features: Float32Array, width: number, first: number) {
  for (let at = first * width; at < features.length; at += width) features.copyWithin(at, 0, width);
}
