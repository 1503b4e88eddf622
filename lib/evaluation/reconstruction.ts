import type { Domain } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { SequenceModel } from "../models/model.ts";
import { type JoinedItems, rowsOfDomain } from "../training/joined_items.ts";
import { packBatches, rowsFor } from "../training/packing.ts";
import { atOwnSlots } from "../training/recguru_objective.ts";
import { evaluationSegments } from "../training/segments.ts";
import { measure } from "./measured.ts";
import { ranksOf } from "./metrics.ts";
import { createScorer } from "./scorer.ts";
import {
  type DomainMeasure,
  meanOverDomains,
  sampleUsers,
  type SourceValidation,
} from "./source_validation.ts";

/** Items ranked at once. */
const capacity = 512;

/**
 * Makes ready to measure how well an autoencoder finds the items of histories back that it was not trained on: those that
 * end in the validation item.
 *
 * `validate` returns the mean over the domains of NDCG@10 of the histories' items, each ranked among its domain's items.
 *
 * @param createModel makes the autoencoder for so many items
 * @param domains in the order in which they are joined
 */
export async function createReconstruction(
  engine: Engine,
  createModel: (items: number) => SequenceModel,
  domains: readonly Pick<Domain, "itemIds" | "sequences">[],
  joined: JoinedItems,
): Promise<SourceValidation> {
  const parts: DomainMeasure[] = [];
  for (const [domain, { itemIds, sequences: all }] of domains.entries()) {
    const model = createModel(itemIds.length);
    const sequences = sampleUsers(all);
    const segments = evaluationSegments(sequences, "test", model.maxLength)
      .map((segment) => ({ ...segment, firstQuery: 0 }));
    const size = Math.max(capacity, model.maxLength);
    const shape = { rows: rowsFor(segments, size, model.maxLength), length: model.maxLength, capacity: size };
    const batches = packBatches(segments, sequences, shape).map(atOwnSlots);
    const scorer = await createScorer(engine, model, shape);
    parts.push({
      async measure(parameters) {
        const table = rowsOfDomain(parameters["items.embedding"], joined, domain);
        await scorer.setParameters({ ...parameters, "items.embedding": table }, null);
        const ranks: number[] = [];
        for (const batch of batches) {
          const targets = batch.targets.subarray(0, batch.instances);
          ranks.push(...ranksOf(await scorer.score(batch), targets, model.items));
        }
        return measure(Int32Array.from(ranks)).means["NDCG@10"];
      },
      release: scorer.release,
    });
  }
  return meanOverDomains(parts);
}
