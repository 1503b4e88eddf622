import type { Domain, Sequences } from "../../lib/data/domain.ts";
import type { Arrays } from "../../lib/engine/array_spec.ts";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { featuresFor } from "../../lib/evaluation/measured.ts";
import { evaluationBatches } from "../../lib/evaluation/rank_users.ts";
import { createScorer } from "../../lib/evaluation/scorer.ts";
import { isNeural, type NeuralSystem } from "../../lib/systems/neural/neural_system.ts";
import { runPretraining } from "../../lib/systems/pretraining/pretraining.ts";
import { systems } from "../../lib/systems/registry.ts";
import type { SystemSizes } from "../../lib/systems/system.ts";
import { type TrainedModel, trainModel } from "../../lib/systems/neural/train_model.ts";
import type { SequenceModel } from "../../lib/nn/sequence_model.ts";
import type { FitObserver } from "../../lib/training/fit.ts";
import type { SourceDomain } from "../../lib/training/joined/joined_domains.ts";
import { nextItemObjective } from "../../lib/training/next_item_objective.ts";
import type { Pretrained } from "../../lib/files/pretrained_file.ts";
import type { PackedBatch } from "../../lib/training/packing/packing.ts";
import { smallDomain, smallSizes } from "../small_domain.ts";

/** One thread, so that equal trainings give equal bits. */
export const engine = createOnnxEngine({ threads: 1 });

/** Sizes that every system trains with in a moment. */
export const sizes: SystemSizes = { ...smallSizes, experts: 2 };

/** The systems that are trained by gradients. */
export const neuralSystems = systems.filter(isNeural);

const kinds = ["guitar", "tent", "coffee", "puzzle", "garden", "camera"];

/**
 * Makes a small domain with features and texts, whose users and items have IDs of their own.
 *
 * Neighbouring items have a word in common that items of other such domains have too.
 */
export function namedDomain(name: string, options: Parameters<typeof smallDomain>[0] = {}): Domain {
  const domain = smallDomain(options);
  const own = (id: string) => `${name} ${id}`;
  return {
    ...domain,
    name,
    itemIds: domain.itemIds.map(own),
    userIds: domain.userIds.map(own),
    itemTexts: domain.itemIds.map((id, item) =>
      `${kinds[Math.floor(item / 5) % kinds.length]} ${name} ${id}`
    ),
  };
}

/** What differs from a short training with seed 1. */
export interface ShortTraining {
  seed?: number;
  epochs?: number;
  runs?: string;
  observer?: FitObserver;
}

/** A trained model, and what it started from. */
export interface TrainedSystem extends TrainedModel {
  pretrained: Pretrained | null;
}

/** Pre-trains a system if it can be, and trains it on the target. */
export async function trainSystem(
  system: NeuralSystem,
  target: Domain,
  sources: readonly SourceDomain[],
  options: ShortTraining = {},
): Promise<TrainedSystem> {
  const pretrained = await pretrainSystem(system, target, sources, options);
  const trained = await trainModel(engine, system.createModel(target, sizes), target, {
    ...shortTraining,
    ...options,
    start: pretrained,
    frozen: pretrained ? system.frozen ?? [] : [],
    objective: system.objective ?? nextItemObjective,
  });
  return { ...trained, pretrained };
}

/** Returns what a system's model for the target starts from; null where it starts at random. */
export async function pretrainSystem(
  { abilities, planPretraining }: NeuralSystem,
  target: Domain,
  sources: readonly SourceDomain[],
  options: ShortTraining = {},
): Promise<Pretrained | null> {
  if (!planPretraining) return null;
  const read = abilities.sources === "none" ? [] : sources;
  const plan = planPretraining(read, sizes, { ...shortTraining, ...options }, target);
  return (await runPretraining(engine, plan)).pretrained;
}

const shortTraining = { learningRate: 3e-3, batchSize: 64, epochs: 2, patience: 2, seed: 1 };

/** Returns every item's score at each prediction of packed batches, one row for each. */
export async function scoreBatches(
  { model, parameters }: { model: SequenceModel; parameters: Arrays },
  domain: Pick<Domain, "name" | "features">,
  batches: readonly PackedBatch[],
): Promise<Float32Array[]> {
  const features = featuresFor(model, domain);
  const scorer = await createScorer(engine, model, features);
  try {
    await scorer.setParameters(parameters);
    const scores: Float32Array[] = [];
    for (const batch of batches) {
      const values = await scorer.score(batch);
      for (let row = 0; row < batch.instances; row++) {
        scores.push(values.slice(row * model.items, (row + 1) * model.items));
      }
    }
    return scores;
  } finally {
    await scorer.release();
  }
}

/** Returns every item's score after each user's history, by user. */
export async function scoreHistories(
  trained: { model: SequenceModel; parameters: Arrays },
  domain: Pick<Domain, "name" | "features">,
  sequences: Sequences,
  part: "valid" | "test" = "test",
): Promise<Map<number, Float32Array>> {
  const { batches } = evaluationBatches(sequences, [part], trained.model)[part];
  const scores = await scoreBatches(trained, domain, batches);
  return new Map(batches.flatMap(({ users }) => [...users]).map((user, at) => [user, scores[at]]));
}
