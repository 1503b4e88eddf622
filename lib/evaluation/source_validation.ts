import { packSequences, sequenceOf, type Sequences, userCount } from "../data/domain.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import type { SequenceModel } from "../models/model.ts";
import { createGenerator, shuffle } from "../random.ts";
import type { FeaturedDomain } from "../training/joined_domains.ts";
import { featuresFor, measure } from "./measured.ts";
import { evaluationBatches, rankUsers } from "./rank_users.ts";
import { createScorer } from "./scorer.ts";

/** Users of a domain whose validation items are ranked: enough to tell a difference of a few per cent. */
const usersPerDomain = 2000;

/** Which users these are is the same in every run, whatever its seed. */
const sampleSeed = 1;

/** Tells how well parameters in pre-training predict what comes next in the sources. */
export interface SourceValidation {
  /** Returns the mean over the domains of NDCG@10 of the validation items, each ranked among its domain's items. */
  validate(parameters: Arrays): Promise<number>;
  release(): Promise<void>;
}

/**
 * Makes ready to validate the pre-training of a model on its sources.
 *
 * @param createModel makes the model for so many items
 */
export async function createSourceValidation(
  engine: Engine,
  createModel: (items: number) => SequenceModel,
  domains: readonly FeaturedDomain[],
): Promise<SourceValidation> {
  const parts: DomainMeasure[] = [];
  for (const domain of domains) {
    const model = createModel(domain.features!.rows);
    const features = featuresFor(model, domain);
    const sequences = sampleUsers(domain.sequences);
    const { valid } = evaluationBatches(sequences, ["valid"], model);
    const scorer = await createScorer(engine, model, valid.shape);
    parts.push({
      async measure(parameters) {
        await scorer.setParameters(parameters, features);
        return measure(await rankUsers(scorer, valid, sequences)).means["NDCG@10"];
      },
      release: scorer.release,
    });
  }
  return meanOverDomains(parts);
}

/** What is validated on one of several domains. */
export interface DomainMeasure {
  measure(parameters: Arrays): Promise<number>;
  release(): Promise<void>;
}

/** Makes the validation whose result is the mean of those on single domains. */
export function meanOverDomains(parts: readonly DomainMeasure[]): SourceValidation {
  return {
    async validate(parameters) {
      let sum = 0;
      for (const { measure } of parts) sum += await measure(parameters);
      return sum / parts.length;
    },
    async release() {
      for (const { release } of parts) await release();
    },
  };
}

/** Returns the sequences of some users with something to train on, a validation and a test item. */
export function sampleUsers(sequences: Sequences): Sequences {
  const users = Array.from({ length: userCount(sequences) }, (_, user) => user)
    .filter((user) => sequenceOf(sequences, user).length >= 3);
  const sampled = shuffle(createGenerator(sampleSeed), users).slice(0, usersPerDomain);
  return packSequences(sampled.map((user) => sequenceOf(sequences, user)));
}
