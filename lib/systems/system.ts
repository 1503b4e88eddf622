import type { Domain } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { JsonObject } from "../json.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import type { UniSRecConfig } from "./unisrec/model.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import type { CreateObjective } from "../training/objective.ts";
import type { PretrainingResult, SourceTraining } from "./pretraining/on_sources.ts";

/** Sizes that differ from the reference's; each system reads those that it has. */
export type SystemSettings = Partial<Omit<UniSRecConfig, "setting" | "featureSize">>;

/** How a system is pre-trained. */
export type SystemPretraining = SourceTraining;

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

/** A row of Table 3: a model, what it is trained to do, and how it is pre-trained, if it is. */
export interface System {
  /** As in Table 3. */
  name: string;
  abilities: Abilities;
  /** Whether it reads text features. */
  readsText: boolean;
  /** Makes the model for a target's items. */
  createModel(target: Domain, settings: SystemSettings): SequenceModel;
  /** What the model is trained to do on the target; to predict each next item if left out. */
  objective?: CreateObjective;
  /**
   * Trains what the model for the target starts from; it starts at random if left out.
   *
   * @param sources other domains; a system that learns from none of them is given none
   */
  pretrain?(
    engine: Engine,
    target: Domain,
    sources: readonly SourceDomain[],
    settings: SystemSettings,
    options: SystemPretraining,
  ): Promise<Pick<PretrainingResult, "pretrained" | "curve">>;
  /** Weights and shares of its own that decide what comes out, beside the settings. */
  constants?: JsonObject;
  /** Whether its pre-training reads the words of item texts, beside or instead of their features. */
  readsWords?: boolean;
  /** Prefixes of the names of parameters that stay as pre-trained. */
  frozen?: readonly string[];
}
