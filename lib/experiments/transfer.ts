import type { Domain } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { Measured } from "../evaluation/measured.ts";
import type { Pretrained } from "../files/pretrained_file.ts";
import {
  type Pretraining,
  type PretrainingOptions,
  runPretraining,
} from "../systems/pretraining/pretraining.ts";
import type { SystemSizes, TrainingPlan, TrainOptions } from "../systems/system.ts";
import type { PretrainingTasks } from "../systems/unisrec/loss.ts";
import { planUniSRec } from "../systems/unisrec/pretrain.ts";
import { unisrecInductive, unisrecTransductive } from "../systems/unisrec/system.ts";
import { checkOneEncoder } from "../text/one_encoder.ts";
import { refuseZeroRows } from "../text/zero_rows.ts";
import { checkSeeds, checkTrainingOptions } from "../training/check_options.ts";
import type { FitObserver } from "../training/fit.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import { referenceSettings } from "../training/reference_settings.ts";

/** A way to come to a model for a target, to be compared with others. */
export interface TransferVariant {
  name: string;
  /** What to pre-train on; nothing is training from scratch. */
  sources: readonly SourceDomain[];
  /** What to fine-tune and test on. */
  targets: readonly Domain[];
  /** Settings of the model that are this variant's own. */
  sizes?: SystemSizes;
  tasks?: Partial<PretrainingTasks>;
  /** Prefixes of the names of parameters that fine-tuning leaves as they are; the paper's after pre-training if left out. */
  frozen?: readonly string[];
}

/** What one variant reached on one target with one seed. */
export interface TransferResult {
  variant: string;
  target: string;
  seed: number;
  test: Measured;
  /** The sequence–item loss of pre-training's last epoch, null without that task or without pre-training. */
  pretrainingLoss: number | null;
}

/** What all variants have in common. */
export interface TransferOptions {
  /** Of fine-tuning: text only, or text and item IDs. */
  setting: "inductive" | "transductive";
  sizes: SystemSizes;
  pretraining: Omit<PretrainingOptions, "seed" | "runs" | "tasks" | "observer">;
  fineTuning: Pick<TrainOptions, "learningRate" | "batchSize" | "epochs" | "patience">;
  /** The folder of runs, where each goes on when interrupted; null for none. */
  runs: string | null;
  seeds: readonly number[];
  /** Is told after each pre-training and each fine-tuning. */
  observe?(done: number, total: number, what: string): void;
  /** Makes what is told of how each of them comes on. */
  watch?(what: string, limits: { epochs: number; patience: number }): FitObserver;
}

/**
 * Pre-trains and fine-tunes each variant with each seed.
 *
 * A pre-trained encoder stays as it is in fine-tuning, as in the paper, and from scratch everything is trained, where a
 * variant does not say otherwise.
 *
 * @returns one entry for each variant, seed and target, in this order
 * @throws {DataError} if a variant's domains have features of different text encoders, or an item's are all zero
 * @throws {ParameterError} if a setting cannot be used, or a seed is given twice
 */
export async function runTransfer(
  engine: Engine,
  variants: readonly TransferVariant[],
  options: TransferOptions,
): Promise<TransferResult[]> {
  const { seeds, observe } = options;
  checkTransfer(variants, options);
  const stages = ({ sources, targets }: TransferVariant) => targets.length + (sources.length > 0 ? 1 : 0);
  const total = seeds.length * variants.reduce((sum, variant) => sum + stages(variant), 0);
  let done = 0;
  const report = (what: string) => observe?.(++done, total, what);
  const results: TransferResult[] = [];
  for (const variant of variants) {
    for (const seed of seeds) results.push(...await runVariant(engine, variant, seed, options, report));
  }
  return results;
}

/** Refuses what would fail in its turn, after hours of pre-training. */
export function checkTransfer(
  variants: readonly TransferVariant[],
  { seeds, fineTuning }: Pick<TransferOptions, "seeds" | "fineTuning">,
): void {
  checkSeeds(seeds);
  checkTrainingOptions({ ...referenceSettings, ...fineTuning }, "fine-tuning");
  for (const { sources, targets } of variants) {
    const read = [...sources, ...targets];
    if (sources.length > 0) checkOneEncoder(read);
    read.forEach(refuseZeroRows);
  }
}

async function runVariant(
  engine: Engine,
  variant: TransferVariant,
  seed: number,
  options: TransferOptions,
  report: (what: string) => void,
): Promise<TransferResult[]> {
  const { name, sources, targets } = variant;
  let start: Pretrained | null = null;
  let pretrainingLoss: number | null = null;
  if (sources.length > 0) {
    const { options: own, ...plan } = planVariant(variant, seed, options);
    const observer = options.watch?.(`pre-training ${name}, seed ${seed}`, own);
    const { pretrained, curve } = await runPretraining(engine, { ...plan, options: { ...own, observer } });
    start = pretrained;
    pretrainingLoss = curve.at(-1)?.parts.sequenceItem ?? null;
    report(`${name}, seed ${seed}: pre-trained`);
  }
  const results: TransferResult[] = [];
  for (const target of targets) {
    const plan = await planFineTuning(variant, target, start, seed, options);
    const { runs, watch } = options;
    const what = `${name}, seed ${seed}: ${target.name}`;
    const recommender = await plan.train({
      engine,
      runs,
      observe: watch && ((_, limits) => watch(what, limits)),
    });
    results.push({
      variant: name,
      target: target.name,
      seed,
      test: await recommender.evaluate("test"),
      pretrainingLoss,
    });
    await recommender.release();
    report(what);
  }
  return results;
}

/** Settles the pre-training of a variant that has sources. */
export function planVariant(
  { sources, sizes, tasks }: TransferVariant,
  seed: number,
  { sizes: shared, pretraining, runs }: Pick<TransferOptions, "sizes" | "pretraining" | "runs">,
): Pretraining {
  return planUniSRec(sources, { ...shared, ...sizes }, { ...pretraining, tasks: { ...tasks }, seed, runs });
}

/**
 * Settles the fine-tuning of a variant on a target.
 *
 * @param start the pre-trained model, null for none
 */
export function planFineTuning(
  { sizes, frozen }: TransferVariant,
  target: Domain,
  start: Pretrained | null,
  seed: number,
  { setting, sizes: shared, fineTuning }: Pick<TransferOptions, "setting" | "sizes" | "fineTuning">,
): TrainingPlan | Promise<TrainingPlan> {
  const system = setting === "inductive" ? unisrecInductive : unisrecTransductive;
  return system.plan(target, { ...fineTuning, sizes: { ...shared, ...sizes }, seed, start, frozen });
}
