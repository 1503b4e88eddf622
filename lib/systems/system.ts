import type { Domain } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { MetricName } from "../evaluation/metrics.ts";
import type { Recommender } from "../evaluation/recommender.ts";
import type { Pretrained } from "../files/pretrained_file.ts";
import type { SavedRecommender } from "../files/recommender_file.ts";
import type { JsonObject } from "../json.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import type { EpochRecord, FitObserver } from "../training/fit.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import type { NegativesChoice } from "../training/negatives.ts";
import type { CreateObjective } from "../training/objective.ts";
import type { Loss } from "../training/step.ts";
import type { TrainingRun } from "../training/run_identity.ts";
import type { Pretraining, PretrainingOptions } from "./pretraining/pretraining.ts";
import { defaultUniSRecConfig, type UniSRecConfig } from "./unisrec/model.ts";

/** Sizes that differ from the reference's; each system reads those that it has. */
export type SystemSizes = Partial<Omit<UniSRecConfig, "setting" | "featureSize">>;

/** What a system can do: the marks of Table 1. */
export interface Abilities {
  /** How many other domains it can learn from before it sees the target. */
  sources: "none" | "one" | "many";
  /** Whether it needs no user or item to be in two domains at once. */
  withoutOverlap: boolean;
  /** Knows items by ID, so that it can only recommend those that it was trained on. */
  transductive: boolean;
  /** Knows items by text, so that it can recommend new ones. */
  inductive: boolean;
}

/** How a system is trained; what is left out is the paper's, or the system's own. Each reads what concerns it. */
export interface TrainOptions {
  /** Sizes of the model that differ from the reference's. */
  sizes?: SystemSizes;
  /** Adam's step size. */
  learningRate?: number;
  /** Next-item predictions per step. */
  batchSize?: number;
  /** The most epochs; early stopping usually ends sooner. */
  epochs?: number;
  /** Epochs without a better NDCG@10 on the validation items, after which training ends. */
  patience?: number;
  /**
   * Which items the next one is told from in training: drawn uniformly or by popularity, and how many; all, the exact loss,
   * if null or left out. Evaluation takes all items in any case.
   */
  negatives?: NegativesChoice;
  /** Where all random numbers begin. */
  seed?: number;
  /** Other domains to learn from first, for systems that do; none if left out. */
  sources?: readonly SourceDomain[];
  /** How it is pre-trained where it is. */
  pretraining?: Omit<PretrainingOptions, "seed" | "runs" | "observer">;
  /** A pre-trained model to start from, instead of a pre-training; null starts at random. */
  start?: Pretrained | null;
  /** Prefixes of the names of parameters that stay as pre-trained; the system's own if left out. */
  frozen?: readonly string[];
  /** What the model is trained to do, instead of the system's own objective. */
  objective?: CreateObjective;
  /** Another loss on the batches of the objective: a function of the model. */
  loss?: (model: SequenceModel) => Loss;
  /** The metric of the validation items by which training ends and an epoch is chosen; NDCG@10 if left out. */
  metric?: MetricName;
}

/** The names of `TrainOptions`. */
export const trainOptionNames: readonly string[] = [
  "sizes",
  "learningRate",
  "batchSize",
  "epochs",
  "patience",
  "negatives",
  "seed",
  "sources",
  "pretraining",
  "start",
  "frozen",
  "objective",
  "loss",
  "metric",
] satisfies (keyof TrainOptions)[];

/** The names of `SystemSizes`. */
export const sizeNames: readonly string[] = Object.keys(defaultUniSRecConfig)
  .filter((name) => name !== "setting" && name !== "featureSize");

/** Where trainings compute and are kept, and who watches. Nothing of it changes what comes out. */
export interface Workplace {
  /** What computes. */
  engine: Engine;
  /** The folder of runs, where interrupted trainings go on and finished ones are looked up; null for none. */
  runs: string | null;
  /** Makes what is told of a training's progress, by its name. */
  observe?(name: string, limits: { epochs: number; patience: number }): FitObserver;
}

/** What makes a training itself, pre-training included; see `RunIdentity`. */
export interface PlanIdentity {
  /** What was chosen, stage by stage, and fingerprints of the data. */
  settings: JsonObject & { readonly name: string; readonly dataset: string };
  /** The fingerprint of what the code makes of that. */
  code: string;
}

/** A training that is settled but not yet done. */
export interface TrainingPlan {
  /** What it begins with, so that trainings which share it need do it once; left out where there is nothing. */
  readonly pretraining?: Pretraining | null;
  /** What is trained in steps on the target; left out where nothing is. */
  readonly run?: TrainingRun;
  /** The trainings that it is made of, where it is made of several. */
  readonly parts?: readonly TrainingPlan[];
  /** Returns what makes this training itself, without doing it. */
  identify(): Promise<PlanIdentity>;
  /**
   * Does it, or looks it up.
   *
   * @throws {CheckpointError} if what an earlier run left behind is damaged
   */
  train(place: Workplace): Promise<TrainedRecommender>;
}

/** A recommender, and how it came to be. */
export interface TrainedRecommender extends Recommender {
  /** What was measured in each epoch; empty for what is not trained by gradients. */
  readonly curve: readonly EpochRecord[];
  /** The epoch whose parameters were kept; −1 where there are none. */
  readonly bestEpoch: number;
  /** What the system chose by itself, on validation items: windows, weights …; nothing where it does not. */
  readonly settingsFound: JsonObject;
  /** What it took. */
  readonly cost: TrainingCost;
}

/** What a training took. */
export interface TrainingCost {
  /** Numbers that were learnt, or counted. */
  parameters: number;
  /** Those that training on the target changes. */
  trainedParameters: number;
  /** What each epoch of pre-training measured; empty without it. */
  pretrainingCurve: readonly EpochRecord[];
}

/** A row of Table 3: something that can be trained on a target, whether by gradients or by counting. */
export interface System {
  /** As in Table 3. */
  readonly name: string;
  /** What it can do: the marks of Table 1. */
  readonly abilities: Abilities;
  /** What it reads of a domain beside its sequences; `words` are read in pre-training. */
  readonly reads: { readonly features: boolean; readonly words: boolean };
  /** What a comparison varies; nothing where the system finds all its settings by itself and draws no random number. */
  readonly varies: readonly ("learningRate" | "hiddenSize" | "seed")[];
  /**
   * Settles how it is trained on a target.
   *
   * @throws {DataError} if the domains lack what it reads
   * @throws {ParameterError} if an option cannot be used
   */
  plan(target: Domain, options: TrainOptions): TrainingPlan | Promise<TrainingPlan>;
  /**
   * Makes the recommender that a file holds.
   *
   * @param domain whose users may be asked for by ID; null for none
   * @throws {CheckpointError} if the file does not hold what the system needs
   */
  open(saved: SavedRecommender, engine: Engine, domain: Domain | null): Promise<Recommender>;
}
