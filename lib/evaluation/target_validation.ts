import type { Sequences } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { SequenceModel } from "../models/model.ts";
import { measure } from "./measured.ts";
import { evaluationBatches, rankUsers } from "./rank_users.ts";
import { createScorer } from "./scorer.ts";
import type { SourceValidation } from "./source_validation.ts";

/** Makes ready to measure NDCG@10 of a model that knows items by ID on the validation items of its domain. */
export async function createTargetValidation(
  engine: Engine,
  model: SequenceModel,
  sequences: Sequences,
): Promise<SourceValidation> {
  const { valid } = evaluationBatches(sequences, ["valid"], model);
  const scorer = await createScorer(engine, model, valid.shape);
  return {
    async validate(parameters) {
      await scorer.setParameters(parameters, null);
      return measure(await rankUsers(scorer, valid, sequences)).means["NDCG@10"];
    },
    release: scorer.release,
  };
}
