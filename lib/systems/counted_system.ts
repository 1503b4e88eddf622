import type { Domain } from "../data/domain.ts";
import { arraysOf } from "../data/split.ts";
import { trainingCounts } from "../data/training_counts.ts";
import { fingerprint, fingerprintText } from "../engine/fingerprint.ts";
import { describeData } from "../evaluation/describe_data.ts";
import type { RecommenderParts } from "../evaluation/recommender.ts";
import type { JsonObject } from "../json.ts";
import { version } from "../version.ts";
import type { PlanIdentity, System, TrainedRecommender } from "./system.ts";

/**
 * Returns what makes the counting of a system on a target itself.
 *
 * @param settings what was chosen
 * @param probe what its code makes of a small domain: numbers that change where the code computes something else
 */
export function countedIdentity(
  name: string,
  { name: dataset, itemIds, sequences, features }: Domain,
  { settings, reads, probe }: { settings: JsonObject; reads: System["reads"]; probe: ArrayBufferView },
): PlanIdentity {
  const read = reads.features && features ? [features.values] : [];
  return {
    settings: {
      name,
      dataset,
      ...settings,
      items: itemIds.length,
      data: fingerprint(...arraysOf(sequences), ...read),
    },
    code: fingerprintText(fingerprint(probe)),
  };
}

/** Returns the parts that recommenders which were counted on a domain have in common. */
export function countedParts(
  system: string,
  domain: Domain,
  settings: JsonObject,
  encoder: string | null = null,
): Pick<RecommenderParts, "system" | "itemIds" | "domain" | "popularity" | "card"> {
  return {
    system,
    itemIds: domain.itemIds,
    domain,
    popularity: trainingCounts(domain),
    card: {
      system,
      version,
      settings,
      encoder,
      data: describeData(domain),
      training: {},
      metrics: {},
    },
  };
}

/** Returns how a recommender came to be that was counted: without epochs. */
export function countedTraining(
  settingsFound: JsonObject,
  parameters: number,
): Pick<TrainedRecommender, "curve" | "bestEpoch" | "settingsFound" | "cost"> {
  return {
    curve: [],
    bestEpoch: -1,
    settingsFound,
    cost: { parameters, trainedParameters: parameters, pretrainingCurve: [] },
  };
}
