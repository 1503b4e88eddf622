import type { Domain, SplitTimes } from "../data/domain.ts";
import { findDomains, findSources } from "../data/find_domains.ts";
import { loadProfile, type ProfileOptions } from "../data/profile.ts";
import type { SplitChoice } from "../data/split_choice.ts";
import { chooseEngine } from "../engine/choose_engine.ts";
import { checkNames } from "../checks.ts";
import { ParameterError } from "../errors.ts";
import { checkProbe } from "../evaluation/probe.ts";
import type { Recommender } from "../evaluation/recommender.ts";
import { loadPretrained, type Pretrained } from "../files/pretrained_file.ts";
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

/** What a lab is opened with. Runs are kept in the folder `runs` of the working directory if nothing is said. */
export interface LabOptions extends Partial<Pick<Workplace, "runs" | "observe">> {
  /** auto, onnx-cpu, onnx-webgpu, tensorflow or tfjs-cpu; auto if left out. */
  engineName?: string;
}

/** What is loaded into a lab. */
export interface LoadOptions extends ProfileOptions, Partial<TextEncoding> {
  /** Names of the domains to train on, or `all` of the profile's targets; its first one if left out. */
  targets?: readonly string[] | "all" | null;
  /** Names of the domains to learn from first; none if left out or empty, and the profile's own if null. */
  sources?: readonly string[] | null;
}

/** Loaded domains; with text features, but for those that have neither texts nor features. */
export interface LoadedDomains {
  /** The first of the targets. */
  target: Domain;
  /** All domains to train on. */
  targets: Domain[];
  /** The domains to learn from first. */
  sources: Domain[];
}

/** A pre-trained model to start from, and how it came to be. */
export type PretrainedStart = Pretrained & Pick<FitResult, "curve" | "best"> & {
  /** Each epoch's losses by task and domain, of a pre-training on sources alone. */
  losses: DomainLoss[][];
};

/** How a lab pre-trains. */
export interface LabPretraining extends Omit<PretrainingOptions, "runs" | "observer"> {
  /** Sizes of the model that differ from the reference's. */
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
   * @example With a loss of one's own
   * ```ts
   * import * as tf from "@tensorflow/tfjs";
   * import { nextItemLoss } from "../training/next_item.ts";
   * import { openLab } from "./lab.ts";
   *
   * const lab = await openLab({ runs: null });
   * const { target } = await lab.load("sample");
   * const model = await lab.train("SASRec", target, {
   *   sizes: { hiddenSize: 16 },
   *   epochs: 1,
   *   loss: (model) => (parameters, inputs, noise) => {
   *     const { loss } = nextItemLoss(model)(parameters, inputs, noise);
   *     const size = tf.mean(tf.square(parameters["items.embedding"]));
   *     return { loss: tf.add(loss, tf.mul(size, 0.1)), size };
   *   },
   * });
   * console.info(model.curve[0].parts.size);
   * ```
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
  { engineName = "auto", runs = "runs", observe }: LabOptions = {},
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
  const own = loaded.targets.map(({ name }) => name);
  const wanted = targetNames === "all" ? own : targetNames ?? own.slice(0, 1);
  const found = await findDomains(loaded, wanted, "targets (dataset or targetNames in a notebook)", options);
  const encoding = { bertModel, folder, observe };
  const hasTexts = ({ itemTexts, features }: Domain) => itemTexts !== null || features !== null;
  const targets: Domain[] = [];
  for (const domain of found) {
    targets.push(hasTexts(domain) ? (await encodeTexts([domain], encoding))[0] : domain);
  }
  const sources: Domain[] = [];
  if (sourceNames !== undefined && sourceNames?.length !== 0) {
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

/**
 * Loads a pre-trained model to start from: one that was saved here, or the authors' PyTorch checkpoint.
 *
 * @throws {CheckpointError} if there is no such file, or it is damaged
 */
export async function loadStart(path: string): Promise<PretrainedStart> {
  return { ...await loadPretrained(path), curve: [], best: { epoch: -1, metric: null }, losses: [] };
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
 * @example
 * ```ts
 * import { openLab, openRecommender } from "./lab.ts";
 * import assert from "node:assert/strict";
 *
 * const lab = await openLab({ runs: null });
 * const { target } = await lab.load("sample");
 * const folder = await Deno.makeTempDir();
 * await (await lab.train("Popularity", target)).save(`${folder}/popular.safetensors`);
 *
 * const later = await openRecommender(`${folder}/popular.safetensors`);
 * const [item] = target.itemIds;
 * const [list] = await later.recommend([{ items: [item] }], { k: 3 });
 * assert.equal(list.length, 3);
 * assert.ok(list.every((recommended) => recommended.item !== item));
 * await Deno.remove(folder, { recursive: true });
 * ```
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
