import { type Domain, userCount } from "../data/domain.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import { ParameterError } from "../errors.ts";
import { createAutoencoder, createRecGuru, discriminatorSpecs } from "../models/recguru.ts";
import type { EncoderConfig } from "../nn/transformer_encoder.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import type { FitResult } from "../training/fit.ts";
import { joinSequencesOf, rowsOfDomain } from "../training/joined_items.ts";
import type { Pretrained } from "../training/pretrained_file.ts";
import { recguruObjective } from "../training/recguru_objective.ts";
import { describeBest, pretrainingDefaults, type SourceTraining, tensorsOf } from "./pretrain_on_sources.ts";
import { createReconstruction } from "./reconstruction.ts";
import { checkTrainingOptions, fingerprint } from "./run_config.ts";
import { runTraining } from "./run_training.ts";

/** How RecGURU is pre-trained; patience is counted on how well unseen histories are reconstructed. */
export interface RecGuruOptions extends SourceTraining {
  /** λ, the weight with which the encoder is trained against the domain discriminator; 0 for none. */
  adversarial?: number;
}

/** RecGURU pre-trained for a target, and how it came to be. */
export interface RecGuruResult extends FitResult {
  /** The parameters of the model for the target's items, with the model card. */
  pretrained: Pretrained;
  /** Those of autoencoder and discriminator for the items of all domains, the target's last. */
  parameters: Arrays;
}

/** What RecGURU reads of a domain. */
export type RecGuruDomain = Pick<Domain, "name" | "itemIds" | "sequences">;

/**
 * Pre-trains RecGURU on sources and target at once, for fine-tuning on the target.
 *
 * A sequence autoencoder learns user representations that a discriminator cannot tell the domain of; no user and no
 * item need be in two domains. As in the original, predicting the next item is left to fine-tuning, which takes over
 * item embeddings and encoder. What the original demands of users in two domains falls away, as there are none. The
 * original's adversary minimises and maximises in turn; here one step does both by reversing a gradient.
 *
 * After every epoch the reconstruction of histories that end in a validation item is measured; the parameters of the
 * best epoch are kept.
 *
 * @param config sizes that differ from the reference's
 * @throws {DataError} if a domain has no training sequences
 * @throws {ParameterError} if a setting cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function pretrainRecGuru(
  engine: Engine,
  target: RecGuruDomain,
  sources: readonly RecGuruDomain[],
  config: Partial<EncoderConfig>,
  options: RecGuruOptions = {},
): Promise<RecGuruResult> {
  const settings = { ...pretrainingDefaults, adversarial: defaultAdversarial, ...options };
  checkTrainingOptions(settings);
  checkAdversarial(settings.adversarial);
  const { learningRate, batchSize, seed, adversarial } = settings;
  const domains = [...sources, target];
  const joined = joinSequencesOf(domains);
  const { names, firstItems, firstUsers, sequences } = joined;
  const model = createAutoencoder(firstItems.at(-1)!, config);
  const parameters = { ...model.parameters, ...discriminatorSpecs(names.length, model.hiddenSize) };
  const objective = recguruObjective(model, joined, batchSize, adversarial);
  const training = { learningRate, batchSize, seed, tasks: { reconstruction: 1, adversarial } };
  const validation = await createReconstruction(
    engine,
    (items) => createAutoencoder(items, config),
    domains,
    joined,
  );
  try {
    const result = await runTraining(engine, {
      ...objective,
      parameters,
      start: initialiseParameters(parameters, createGenerator(seed)),
      validate: validation.validate,
      config: {
        model: `pre-training of ${model.name}`,
        ...model.config,
        dataset: names.join("+"),
        data: fingerprint(sequences.offsets, sequences.items),
        firstItems,
        firstUsers,
        ...training,
      },
    }, settings);
    const targetModel = createRecGuru(target.itemIds.length, config);
    const card = {
      model: targetModel.config,
      encoder: null,
      domains: domains.map(({ name, itemIds, sequences }) => ({
        name,
        users: userCount(sequences),
        items: itemIds.length,
        instances: objective.instances[name],
      })),
      training,
      result: {
        ...describeBest(result, "reconstruction NDCG@10"),
        losses: { ...result.curve[result.best.epoch]?.parts },
      },
    };
    const embedding = rowsOfDomain(result.parameters["items.embedding"], joined, sources.length);
    const tensors = tensorsOf(targetModel, { ...result.parameters, "items.embedding": embedding });
    return { ...result, pretrained: { card, tensors } };
  } finally {
    await validation.release();
  }
}

/** The weight of the adversary where none is given. */
const defaultAdversarial = 1;

function checkAdversarial(adversarial: number) {
  if (adversarial >= 0 && adversarial < Infinity) return;
  throw new ParameterError({
    where: "adversarial",
    expected: "a weight of at least 0",
    found: String(adversarial),
    advice: "Leave it out for the default; 0 trains the autoencoder alone.",
  });
}
