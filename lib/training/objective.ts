import type { Domain } from "../data/domain.ts";
import type { Arrays, ArraySpec } from "../engine/array_spec.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import type { Generator } from "../random.ts";
import type { TrainingBatch } from "./fit.ts";
import type { Negatives } from "./negatives.ts";
import type { Loss } from "./step.ts";

/** What a model is trained to do on sequences: a loss, and the batches that it reads. */
export interface Objective {
  /** Shape and type of what a step reads beside the parameters. */
  inputs: Record<string, ArraySpec>;
  /** Inputs that are the same in every step; batches do not have them. */
  constants?: Arrays;
  /**
   * The input that lists the items which a step knows, each once: it reads and changes their rows of the parameters alone
   * (see `ParameterSpec.itemRows`). Left out where every step knows all items.
   */
  known?: string;
  /** How many scores of candidates its loss has in memory at once, so far as it says that. */
  scores?: number;
  /** What is made small. */
  loss: Loss;
  /** Makes an epoch's batches in an order drawn from the generator; none if there is nothing to train on. */
  batches(generator: Generator): TrainingBatch[];
}

/** An objective of training on several domains at once. */
export interface PretrainingObjective extends Objective {
  /** Instances in an epoch, by domain. */
  instances: Record<string, number>;
}

/** How an objective is to be met. */
export interface ObjectiveSettings {
  /** Predictions per step. */
  batchSize: number;
  /** `sequence`: each sequence is encoded once for all its predictions; `prefix`: once for each, for checking. */
  instances: "sequence" | "prefix";
  /** What an item is to be told from, beside the items of its batch; null or left out for all items. */
  negatives?: Negatives | null;
}

/** Makes the objective of training a model on a domain, whose features fit the model. */
export type CreateObjective = (
  model: SequenceModel,
  domain: Pick<Domain, "name" | "sequences" | "features">,
  settings: ObjectiveSettings,
) => Objective;
