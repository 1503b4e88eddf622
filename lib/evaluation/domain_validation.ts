import type { Sequences } from "../data/domain.ts";
import type { Values } from "../engine/held_array.ts";
import type { Engine } from "../engine/program.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { measure } from "./measured.ts";
import { evaluationBatches, rankUsers } from "./rank_users.ts";
import { createScorer } from "./scorer.ts";

/** Tells how well parameters predict what comes next. */
export interface Validation {
  /** Returns NDCG@10 of the validation items, each ranked among its domain's items. */
  validate(parameters: Values): Promise<number>;
  release(): Promise<void>;
}

/**
 * Makes ready to measure a model on the validation items of one domain.
 *
 * @param features the domain's, `[items, feature size]`; null for a model that reads none
 */
export async function createDomainValidation(
  engine: Engine,
  model: SequenceModel,
  sequences: Sequences,
  features: Float32Array | null,
): Promise<Validation> {
  const { valid } = evaluationBatches(sequences, ["valid"], model);
  const scorer = await createScorer(engine, model, features);
  return {
    async validate(parameters) {
      await scorer.setParameters(parameters);
      return measure(await rankUsers(scorer, valid, sequences)).means["NDCG@10"];
    },
    release: scorer.release,
  };
}
