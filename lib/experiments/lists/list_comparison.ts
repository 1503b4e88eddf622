import { exists } from "../../data/files.ts";
import { ParameterError } from "../../errors.ts";
import { savePretrained } from "../../files/pretrained_file.ts";
import { fingerprint, fingerprintText } from "../../engine/fingerprint.ts";
import { systems as registered } from "../../systems/registry.ts";
import type { System, TrainingPlan } from "../../systems/system.ts";
import { settleNegatives } from "../../training/negatives.ts";
import { identify, runName } from "../../training/run_identity.ts";
import { estimateIdleMemory, estimateProcessMemory } from "../../training/step_memory.ts";
import type { Experiment } from "../grid.ts";
import { fileOfSystem } from "../load_systems.ts";
import { findResult } from "../result_file.ts";
import { comparisonExperiments, type ComparisonOptions, comparisonSettings } from "../run_comparison.ts";
import { describeSettings, planExperiment } from "../run_experiment.ts";
import { sizeOfDomain } from "./domain_size.ts";
import { forgetEnd, noteEnd } from "./ended.ts";
import { type Draft, inOrder } from "./in_order.ts";
import { domainsIn, keepDomains, type TrainingList, writeList } from "./training_list.ts";

/** Where a list goes, and its trainings. */
export interface ListPlace {
  /** The folder of lists. */
  lists: string;
  /** How the list's name begins. */
  label: string;
  /** The folder of runs. */
  runs: string;
  engineName: string;
}

/**
 * Lists the trainings of a comparison, pre-trainings first, so that each can be done by a process of its own. What is
 * done already is noted as such.
 *
 * @returns the list's folder
 * @throws {DataError} if domains lack what a system reads
 * @throws {ParameterError} if a setting cannot be used, or a system is neither of the registry nor of a file
 */
export async function listComparison(
  options: ComparisonOptions,
  { lists, label, runs, engineName }: ListPlace,
): Promise<string> {
  const { targets, sources, systems, start, retrain = false } = options;
  const systemFiles = systems.filter((system) => !registered.includes(system)).map(fileOf);
  const settings = { ...comparisonSettings(options), runs };
  const { negatives: choice = null, ...limits } = settings.training;
  const negatives = settleNegatives(choice);
  const sourceBytes = sources.reduce((sum, source) => sum + sizeOfDomain(source), 0);
  const drafts = new Map<string, Draft>();
  const isDone = new Map<string, boolean>();
  const experiments: { key: string; plan: TrainingPlan; pretrainings: string[]; draft: Draft }[] = [];
  for (const experiment of comparisonExperiments(options)) {
    const target = targets.find(({ name }) => name === experiment.dataset)!;
    const plan = await planExperiment(experiment, target, sources, settings);
    const data = sizeOfDomain(target) + (readsSources(experiment, systems) ? sourceBytes : 0);
    const pretrainings: string[] = [];
    for (const { pretraining } of wholeAndParts(plan)) {
      if (!pretraining) continue;
      const key = runName(await identify(pretraining.run, pretraining.options));
      pretrainings.push(key);
      if (drafts.has(key)) continue;
      isDone.set(key, await exists(`${runs}/${key}`));
      drafts.set(key, {
        what: `Pre-training ${experiment.system} on ${pretraining.run.dataset}` +
          describeSettings({ ...experiment, learningRate: null }),
        after: [],
        memory: await estimateProcessMemory(pretraining.run, data),
        work: { kind: "pre-training", experiment },
      });
    }
    const identity = await plan.identify();
    const { userIds, itemIds, sequences } = target;
    const size = { users: userIds.length, items: itemIds.length, isByTime: sequences.split !== undefined };
    const known = await findResult(`${runs}/experiments`, identity, size, { otherCode: !retrain });
    let memory = estimateIdleMemory(data);
    for (const { run } of wholeAndParts(plan)) {
      if (run) memory = Math.max(memory, await estimateProcessMemory(run, data));
    }
    const key = JSON.stringify(identity);
    isDone.set(key, known !== null);
    experiments.push({
      key,
      plan,
      pretrainings,
      draft: {
        what: `${experiment.system} on ${experiment.dataset}${describeSettings(experiment)}`,
        after: pretrainings,
        memory,
        work: { kind: "experiment", experiment },
      },
    });
  }
  const keys = new Set(experiments.map(({ key }) => key));
  for (const { key, plan, draft } of experiments) {
    for (const part of plan.parts ?? []) {
      const own = JSON.stringify(await part.identify());
      if (keys.has(own)) draft.after = [...draft.after, own];
    }
    drafts.set(key, draft);
  }
  const needed = new Set(
    experiments.filter(({ key }) => !isDone.get(key)).flatMap((own) => own.pretrainings),
  );
  const { order, trainings } = inOrder(drafts);
  const list: TrainingList = {
    runs,
    engineName,
    trainings,
    grid: {
      kind: "comparison",
      targets: await keepDomains(lists, targets),
      sources: await keepDomains(lists, sources),
      systemFiles,
      start: start ? await keepStart(lists, start) : null,
      sizes: { ...settings.sizes },
      training: { ...limits, ...(negatives === null ? {} : { negatives }) },
      pretraining: { ...settings.pretraining },
      pretrainingEpochsOf: { ...settings.pretrainingEpochsOf },
      retrain,
    },
  };
  const folder = await writeList(lists, label, list);
  for (const [at, key] of order.entries()) {
    const isPretraining = trainings[at].work.kind === "pre-training";
    if (isPretraining ? !needed.has(key) : isDone.get(key)) {
      await noteEnd(folder, at + 1, { error: null, seconds: 0 });
    } else if (!isPretraining || !isDone.get(key)) await forgetEnd(folder, at + 1);
  }
  return folder;
}

/** Returns a plan with those that it is made of, theirs included. */
function wholeAndParts(plan: TrainingPlan): TrainingPlan[] {
  return [plan, ...(plan.parts ?? []).flatMap(wholeAndParts)];
}

function readsSources({ system: name }: Experiment, systems: readonly System[]): boolean {
  return systems.find((system) => system.name === name)!.abilities.sources !== "none";
}

function fileOf(system: System): string {
  const file = fileOfSystem(system);
  if (file !== undefined) return file;
  throw new ParameterError({
    where: `system ${system.name}`,
    expected: "one of Table 3, or of a file (systemFiles), which other processes can load",
    found: "one that was made here",
    advice: "Make it the default export of a module.",
  });
}

/** Keeps a pre-trained model beside the domains, and returns its file's name. */
async function keepStart(lists: string, start: NonNullable<ComparisonOptions["start"]>): Promise<string> {
  const tensors = Object.entries(start.tensors).map(([name, { values }]) => `${name} ${fingerprint(values)}`);
  const name = `start-${fingerprintText([JSON.stringify(start.card), ...tensors].join())}.safetensors`;
  await savePretrained(`${domainsIn(lists)}/${name}`, start);
  return name;
}
