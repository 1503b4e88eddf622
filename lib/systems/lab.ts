import type { Domain, SplitTimes } from "../data/domain.ts";
import { findDomains, findSources } from "../data/find_domains.ts";
import { loadProfile, type ProfileOptions } from "../data/profile.ts";
import type { SplitChoice } from "../data/split_choice.ts";
import { chooseEngine } from "../engine/choose_engine.ts";
import { checkNames } from "../checks.ts";
import { ParameterError } from "../errors.ts";
import { checkProbe } from "../evaluation/probe.ts";
import type { Recommender } from "../evaluation/recommender.ts";
import type { Pretrained } from "../files/pretrained_file.ts";
import { readRecommenderFile } from "../files/recommender_file.ts";
import { encodeSources, encodeTexts, type TextEncoding } from "../text/encode_texts.ts";
import type { FitResult } from "../training/fit.ts";
import type { DomainLoss } from "../training/joined/domain_losses.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import { isNeural, type TrainedNetwork } from "./neural/neural_system.ts";
import { pretrainingLosses, type PretrainingOptions, runPretraining } from "./pretraining/pretraining.ts";
import { findSystem, systems } from "./registry.ts";
import {
  sizeNames,
  type System,
  type SystemSizes,
  type TrainedRecommender,
  trainOptionNames,
  type TrainOptions,
  type Workplace,
} from "./system.ts";

/** What a lab is opened with. */
export interface LabOptions extends Partial<Pick<Workplace, "runs" | "observe">> {
  /** auto, onnx-cpu, onnx-webgpu, tensorflow or tfjs-cpu. */
  engineName?: string;
}

/** What is loaded into a lab. */
export interface LoadOptions extends ProfileOptions, Partial<TextEncoding> {
  /** Names of the domains to train on; the profile's first target if left out. */
  targets?: readonly string[] | null;
  /** Names of the domains to learn from first; none if left out, and the profile's own if null. */
  sources?: readonly string[] | null;
}

/** Loaded domains; with text features, but for those that have neither texts nor features. */
export interface LoadedDomains {
  /** The first of the targets. */
  target: Domain;
  targets: Domain[];
  sources: SourceDomain[];
}

/** A pre-trained model to start from, and how it came to be. */
export type PretrainedStart = Pretrained & Pick<FitResult, "curve" | "best"> & {
  /** Each epoch's losses by task and domain, of a pre-training on sources alone. */
  losses: DomainLoss[][];
};

/** How a lab pre-trains. */
export interface LabPretraining extends Omit<PretrainingOptions, "runs" | "observer"> {
  sizes?: SystemSizes;
  /** What will be trained on, for systems that are pre-trained on that, too. */
  target?: Domain;
}

/** A place to train in: an engine, and a folder where runs are kept. */
export interface Lab extends Workplace {
  /**
   * Loads domains and encodes their texts.
   *
   * Where the targets are split by time, the sources are split at the same moments, the earliest of several targets: of
   * the sources, too, nothing is known that came later.
   *
   * @param profile `sample`, or the name of a data set
   * @throws {ParameterError} if there is no such profile or domain
   * @throws {DataError} if the data set's files are not what they should be
   */
  load(profile: string, options?: LoadOptions): Promise<LoadedDomains>;
  /**
   * Pre-trains a system on sources; its parameters with the model card can start several trainings.
   *
   * @param system its name; `UniSRec` is pre-trained once for both settings
   * @throws {ParameterError} if there is no such system, or it is not pre-trained
   */
  pretrain(
    system: string | System,
    sources: readonly SourceDomain[],
    options?: LabPretraining,
  ): Promise<PretrainedStart>;
  /**
   * Trains a system on a target, and returns the recommender that it is then.
   *
   * @param system its name as in Table 3, or a system of one's own
   * @throws {ParameterError} if there is no such system, or an option cannot be used
   * @throws {DataError} if the target lacks what the system reads
   * @throws {CheckpointError} if what an earlier run left behind is damaged
   */
  train(system: string | System, target: Domain, options?: TrainOptions): Promise<TrainedRecommender>;
}

/**
 * Opens a lab: chooses the engine that trains, and the folder that keeps runs.
 *
 * @throws {ParameterError} if there is no such engine
 * @throws {EngineError} if it cannot run here
 * @example
 * ```ts
 * import { openLab } from "./lab.ts";
 * import assert from "node:assert/strict";
 *
 * const lab = await openLab({ runs: null });
 * const { target } = await lab.load("sample");
 * const model = await lab.train("SASRec", target, { sizes: { hiddenSize: 16 }, epochs: 1 });
 * assert.ok((await model.evaluate("test"))["NDCG@10"] > 0);
 * ```
 */
export async function openLab(
  { engineName = "auto", runs = "../runs", observe }: LabOptions = {},
): Promise<Lab> {
  const place: Workplace = { engine: await chooseEngine(engineName), runs, observe };
  return {
    ...place,
    load: loadDomains,
    async pretrain(system, sources, { sizes = {}, target, ...options } = {}) {
      checkNames("pretrain", options, pretrainingNames);
      checkNames("sizes", sizes, sizeNames);
      const { name, planPretraining } = pretrainedSystem(system);
      const plan = planPretraining(sources, sizes, options, target);
      const observer = observe?.(`Pre-training ${name}`, plan.options);
      const result = await runPretraining(place.engine, {
        ...plan,
        options: { ...plan.options, runs, observer },
      });
      const { pretrained, curve, best } = result;
      return { ...pretrained, curve, best, losses: target ? [] : pretrainingLosses(result) };
    },
    async train(system, target, options = {}) {
      checkNames("train", options, trainOptionNames);
      checkNames("sizes", options.sizes ?? {}, sizeNames);
      const found = typeof system === "string" ? findSystem(system, "system") : system;
      return await (await found.plan(target, options)).train(place);
    },
  };
}

/** Loads domains of a profile and encodes their texts; see `Lab.load`. */
export async function loadDomains(
  profile: string,
  { targets: targetNames, sources: sourceNames, bertModel = null, folder, observe, ...options }: LoadOptions =
    {},
): Promise<LoadedDomains> {
  const loaded = await loadProfile(profile, options);
  const found = await findDomains(loaded, targetNames ?? [loaded.targets[0].name], "targetNames", options);
  const encoding = { bertModel, folder, observe };
  const hasTexts = ({ itemTexts, features }: Domain) => itemTexts !== null || features !== null;
  const targets: Domain[] = [];
  for (const domain of found) {
    targets.push(hasTexts(domain) ? (await encodeTexts([domain], encoding))[0] : domain);
  }
  const sources: SourceDomain[] = [];
  if (sourceNames !== undefined) {
    const split = splitOfSources(found, options.split);
    // a source that was loaded with the profile may have been split at other moments
    const place = split === "leave-one-out" ? loaded : { ...loaded, targets: [] };
    for (const domain of await findSources(place, sourceNames, found, { ...options, split })) {
      sources.push(hasTexts(domain) ? (await encodeSources([domain], encoding))[0] : domain);
    }
  }
  return { target: targets[0], targets, sources };
}

/** Returns how sources are split: at moments, where the targets are, which shares would put elsewhere. */
function splitOfSources(targets: readonly Domain[], split: SplitChoice = "leave-one-out"): SplitChoice {
  if (split === "leave-one-out") return split;
  const times = targets.map(({ sequences }) => sequences.split!.times!);
  const order = ({ validFrom }: SplitTimes) =>
    typeof validFrom === "number" ? validFrom : Date.parse(validFrom);
  return times.reduce((first, other) => order(other) < order(first) ? other : first);
}

/** What a recommender is opened with. */
export interface OpenOptions extends Pick<LabOptions, "engineName"> {
  /** The domain whose users may be asked for by ID, as it was in training or with what came since. */
  domain?: Domain;
  /** Systems of one's own that the file may be of. */
  systems?: readonly System[];
}

/**
 * Opens a recommender that `save` wrote: it recommends, and trains nothing.
 *
 * It has scored once when it is returned, so that the first query takes no longer than the others.
 *
 * @param path of the file
 * @throws {CheckpointError} if there is no such file, it is damaged, or the code of its model scores otherwise by now
 * @throws {ParameterError} if it is of a system that is not known
 */
export async function openRecommender(
  path: string,
  { engineName = "auto", domain, systems: own }: OpenOptions = {},
): Promise<Recommender> {
  const saved = await readRecommenderFile(path);
  const system = findSystem(saved.card.system, path, own);
  const recommender = await system.open(saved, await chooseEngine(engineName), domain ?? null);
  if (saved.probe) await checkProbe(recommender, saved.itemIds.length, saved.probe, path);
  await recommender.recommend([{ items: [saved.itemIds[0]] }], { k: 1 }); // looks up IDs, too
  return recommender;
}

/** The names of `LabPretraining` beside sizes and target. */
const pretrainingNames: readonly string[] = [
  "learningRate",
  "batchSize",
  "epochs",
  "patience",
  "seed",
  "tasks",
  "checkpointMinutes",
] satisfies (keyof LabPretraining)[];

/** Returns the system of a name that is pre-trained; one model of it serves all settings. */
function pretrainedSystem(system: string | System) {
  const pretrained = systems.filter(isNeural).filter(({ planPretraining }) => planPretraining);
  const found = typeof system === "string"
    ? pretrained.find(({ name }) => name === system || name.startsWith(`${system} `))
    : isNeural(system)
    ? system
    : undefined;
  if (found?.planPretraining) return { name: found.name, planPretraining: found.planPretraining };
  throw new ParameterError({
    where: "system",
    expected: `a system that is pre-trained: ${pretrained.map(({ name }) => name).join(", ")}`,
    found: typeof system === "string" ? system : system.name,
    advice: "The others are trained on the target alone.",
  });
}

/** Tells whether a trained recommender is a network, whose parameters can be looked into. */
export function isNetwork(recommender: TrainedRecommender): recommender is TrainedNetwork {
  return "network" in recommender;
}
