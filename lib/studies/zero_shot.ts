import type { Domain } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { type Pretrained, startingParameters } from "../files/pretrained_file.ts";
import { featuresFor, measure, type Measured } from "../evaluation/measured.ts";
import { evaluationBatches, rankUsers } from "../evaluation/rank_users.ts";
import { createScorer } from "../evaluation/scorer.ts";

/**
 * Measures a pre-trained model on a domain that it was never trained on.
 *
 * @param model in the inductive setting, made for the domain's items
 * @throws {DataError} if the domain has no text features that fit
 * @throws {CheckpointError} if the pre-trained parameters are not the model's
 */
export async function measureZeroShot(
  engine: Engine,
  model: SequenceModel,
  domain: Domain,
  pretrained: Pretrained,
): Promise<{ model: SequenceModel; valid: Measured; test: Measured }> {
  const features = featuresFor(model, domain);
  const parameters = startingParameters(pretrained, model, domain.features?.encoder);
  const { valid, test } = evaluationBatches(domain.sequences, ["valid", "test"], model);
  const scorer = await createScorer(engine, model, features);
  try {
    await scorer.setParameters(parameters);
    return {
      model,
      valid: measure(await rankUsers(scorer, valid, domain.sequences)),
      test: measure(await rankUsers(scorer, test, domain.sequences)),
    };
  } finally {
    await scorer.release();
  }
}
