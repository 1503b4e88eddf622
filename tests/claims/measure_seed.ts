import type { Domain } from "../../lib/data/domain.ts";
import { trainingCounts } from "../../lib/data/training_counts.ts";
import { targetOf } from "../../lib/data/split.ts";
import type { Engine } from "../../lib/engine/program.ts";
import type { Measured } from "../../lib/evaluation/measured.ts";
import { mean } from "../../lib/evaluation/significance.ts";
import { profileSettings } from "../../lib/experiments/profile_settings.ts";
import { ablationVariants } from "../../lib/experiments/transfer_variants.ts";
import type { Pretrained } from "../../lib/files/pretrained_file.ts";
import { measureZeroShot } from "../../lib/studies/zero_shot.ts";
import { loadDomains } from "../../lib/systems/lab.ts";
import { runPretraining } from "../../lib/systems/pretraining/pretraining.ts";
import { findSystem } from "../../lib/systems/registry.ts";
import type { TrainOptions } from "../../lib/systems/system.ts";
import { planUniSRec } from "../../lib/systems/unisrec/pretrain.ts";
import { planZesRec } from "../../lib/systems/zesrec/pretrain.ts";
import { createUniSRec } from "../../lib/systems/unisrec/model.ts";

/** What one way of recommending reached on one target with one seed. */
export interface Measurement {
  /** The system, and how it was trained where there are several ways. */
  way: string;
  target: string;
  "NDCG@10": number;
  /** Recall@10 of users by how often their test item occurs in training: never, 1 to 4 times, or more often. */
  recall: Record<Group, number>;
}

/** Test users by their test item: `warm` are those of `rare` and `frequent`. */
export type Group = "unseen" | "rare" | "frequent" | "warm";

const groups: Record<Group, (occurrences: number) => boolean> = {
  unseen: (occurrences) => occurrences === 0,
  rare: (occurrences) => occurrences >= 1 && occurrences < 5,
  frequent: (occurrences) => occurrences >= 5,
  warm: (occurrences) => occurrences >= 1,
};

/**
 * Trains with one seed everything that the claims are about, with the settings of notebook 5.
 *
 * @param observe is told of each measurement
 */
export async function measureSeed(
  engine: Engine,
  seed: number,
  observe: (measurement: Measurement) => void = () => {},
): Promise<Measurement[]> {
  const { sizes, training, pretraining, whiteningSize } = profileSettings("sample", "comparison");
  const { target, targets: [, otherPlatform], sources } = await loadDomains("sample", {
    targets: ["Studio", "Gifts"],
    sources: null,
  });
  const measurements: Measurement[] = [];
  const report = (way: string, target: Domain, { means, ranks }: Measured) => {
    const counts = trainingCounts(target);
    const recall = (isIn: (occurrences: number) => boolean) =>
      mean(
        [...ranks].flatMap((rank, user) =>
          isIn(counts[targetOf(target.sequences, user, "test")]) ? [rank < 10 ? 1 : 0] : []
        ),
      );
    const measurement: Measurement = {
      way,
      target: target.name,
      "NDCG@10": means["NDCG@10"],
      recall: {
        unseen: recall(groups.unseen),
        rare: recall(groups.rare),
        frequent: recall(groups.frequent),
        warm: recall(groups.warm),
      },
    };
    measurements.push(measurement);
    observe(measurement);
  };
  const train = async (way: string, system: string, target: Domain, options: TrainOptions = {}) => {
    const plan = await findSystem(system).plan(target, { sizes, ...training, seed, ...options });
    const recommender = await plan.train({ engine, runs: null });
    report(way, target, await recommender.evaluate("test"));
    await recommender.release();
  };

  const limits = { ...pretraining, seed };
  const starts: Record<string, Pretrained> = {};
  for (const from of [sources, ...sources.map((source) => [source])]) {
    const name = from.map((source) => source.name).join(" + ");
    starts[name] = (await runPretraining(engine, planUniSRec(from, sizes, limits))).pretrained;
  }
  const start = Object.values(starts)[0];
  const zesRec = (await runPretraining(engine, planZesRec(sources, sizes, limits))).pretrained;
  const { itemIds, features } = target;
  const model = createUniSRec(itemIds.length, {
    ...sizes,
    featureSize: features!.width,
    setting: "inductive",
  });
  report("zero-shot", target, (await measureZeroShot(engine, model, target, start)).test);
  for (const { name } of sources) {
    await train(`UniSRec t, ${name}`, "UniSRec t", target, { start: starts[name] });
  }
  for (const system of ["UniSRec t", "UniSRec t+ID"]) {
    await train(`${system}, from scratch`, system, target);
    await train(system, system, target, { start });
  }
  await train("UniSRec t, all trained", "UniSRec t", target, { start, frozen: [] });
  await train("ZESRec", "ZESRec", target, { start: zesRec });
  for (const system of ["SASRec", "FDSA", "Neighbours", "Neighbours over texts"]) {
    await train(system, system, target);
  }
  for (const { name, sizes: own, tasks, ...variant } of ablationVariants(sources, [target], whiteningSize)) {
    if (!name.startsWith("w/o")) continue;
    const ownSizes = { ...sizes, ...own };
    const plan = planUniSRec(variant.sources, ownSizes, { ...limits, tasks: { ...tasks } });
    const { pretrained } = await runPretraining(engine, plan);
    await train(name, "UniSRec t", target, { sizes: ownSizes, start: pretrained });
  }
  await train("UniSRec t, from scratch", "UniSRec t", otherPlatform);
  await train("UniSRec t", "UniSRec t", otherPlatform, { start });
  return measurements;
}
