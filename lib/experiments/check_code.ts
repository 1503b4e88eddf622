import { loadDomains, type LoadedDomains } from "../systems/lab.ts";
import { findSystem } from "../systems/registry.ts";
import { sizeNames } from "../systems/system.ts";
import type { Negatives } from "../training/negatives.ts";
import type { KeptResult } from "./list_results.ts";
import { type ExperimentSettings, planExperiment } from "./run_experiment.ts";
import { sourcesOf, type Stage, stagesOf } from "./stages.ts";

/** Whether the code there is now computes what a result came of; not known where that cannot be planned anew. */
export type CodeState = "same" | "other" | "not known";

/** Loads the domains of a result: its target, and the sources, none if there are none. */
export type LoadFor = (dataset: string, sources: string[]) => Promise<LoadedDomains>;

/**
 * Tells of each result whether the code there is now would compute the same: each is planned anew from what its file says,
 * on its data, which takes a second or more, but nothing is trained.
 *
 * Not known are results of data that are not at hand or have changed, and of systems of one's own.
 *
 * @param load looks for a data set in the sample and under the data root, if left out
 */
export async function checkCode(
  results: readonly KeptResult[],
  load: LoadFor = loadAnywhere,
): Promise<CodeState[]> {
  const loaded = new Map<string, Promise<LoadedDomains>>();
  const domainsOf = (dataset: string, sources: string[]) => {
    const key = JSON.stringify([dataset, sources]);
    if (!loaded.has(key)) loaded.set(key, load(dataset, sources));
    return loaded.get(key)!;
  };
  const states: CodeState[] = [];
  for (const result of results) {
    // whatever keeps a result from being planned anew, its code is then not known
    states.push(await stateOf(result, domainsOf).catch((): CodeState => "not known"));
  }
  return states;
}

async function stateOf({ experiment, settings, code }: KeptResult, load: LoadFor): Promise<CodeState> {
  findSystem(experiment.system);
  const stages = stagesOf(settings);
  const training = stages.at(-1) ?? {};
  const before = stages.length > 1 ? stages[0] : null;
  const sources = sourcesOf(stages, experiment.dataset);
  const domains = await load(experiment.dataset, sources);
  const limits = (stage: Stage) => ({
    batchSize: Number(stage.batchSize ?? 1),
    epochs: Number(stage.epochs ?? 1),
    patience: Number(stage.patience ?? 1),
  });
  const own: ExperimentSettings = {
    runs: null,
    sizes: Object.fromEntries(Object.entries(training).filter(([name]) => sizeNames.includes(name))),
    training: {
      ...limits(training),
      ...(training.negatives ? { negatives: training.negatives as Negatives } : {}),
    },
    pretraining: before === null ? {} : { ...limits(before), learningRate: Number(before.learningRate) },
  };
  const plan = await planExperiment(experiment, domains.target, domains.sources, own);
  const now = await plan.identify();
  if (JSON.stringify(now.settings) !== JSON.stringify(settings)) return "not known";
  return now.code.slice(0, 6) === code ? "same" : "other";
}

async function loadAnywhere(dataset: string, sources: string[]): Promise<LoadedDomains> {
  const options = { targets: [dataset], ...(sources.length > 0 ? { sources } : {}) };
  return await loadDomains("sample", options).catch(() => loadDomains(dataset, options));
}
