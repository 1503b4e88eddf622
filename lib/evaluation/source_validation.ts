import type { Sequences } from "../data/domain.ts";
import { selectUsers, usersOf } from "../data/split.ts";
import type { Engine } from "../engine/program.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { createGenerator, shuffle } from "../random.ts";
import type { FeaturedDomain } from "../training/joined/joined_domains.ts";
import { createDomainValidation, type Validation } from "./domain_validation.ts";
import { featuresFor } from "./measured.ts";

/** Users of a domain whose validation items are ranked: enough to tell a difference of a few per cent. */
const usersPerDomain = 2000;

/** Which users these are is the same in every run, whatever its seed. */
const sampleSeed = 1;

/**
 * Makes ready to validate the pre-training of a model on its sources: the result is the mean over the domains.
 *
 * @param createModel makes the model for so many items
 */
export async function createSourceValidation(
  engine: Engine,
  createModel: (items: number) => SequenceModel,
  domains: readonly FeaturedDomain[],
): Promise<Validation> {
  const parts: Validation[] = [];
  for (const domain of domains) {
    const model = createModel(domain.features!.rows);
    const features = featuresFor(model, domain);
    parts.push(await createDomainValidation(engine, model, sampleUsers(domain.sequences), features));
  }
  return {
    async validate(parameters) {
      let sum = 0;
      for (const { validate } of parts) sum += await validate(parameters);
      return sum / parts.length;
    },
    async release() {
      for (const { release } of parts) await release();
    },
  };
}

/** Returns the sequences of some users with something to train on and a validation item. */
function sampleUsers(sequences: Sequences): Sequences {
  const users = usersOf(sequences, "valid");
  return selectUsers(sequences, shuffle(createGenerator(sampleSeed), users).slice(0, usersPerDomain));
}
