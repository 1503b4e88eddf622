import { dirname } from "node:path";
import type { Domain } from "../../data/domain.ts";
import type { Engine } from "../../engine/program.ts";
import { readDomain } from "../../files/domain_file.ts";
import { loadPretrained } from "../../files/pretrained_file.ts";
import { runPretraining } from "../../systems/pretraining/pretraining.ts";
import { findSystem, systems as registered } from "../../systems/registry.ts";
import type { TrainingPlan, Workplace } from "../../systems/system.ts";
import type { Experiment } from "../grid.ts";
import { loadSystems } from "../load_systems.ts";
import { type ExperimentSettings, planExperiment, runExperiment } from "../run_experiment.ts";
import { planFineTuning, planVariant } from "../transfer.ts";
import {
  domainsIn,
  type ListedComparison,
  type ListedTransfer,
  type ListedWork,
  type TrainingList,
} from "./training_list.ts";

type Observe = Workplace["observe"];
type Limits = Parameters<NonNullable<Observe>>[1];

/**
 * Does one training of a list, and what it begins with if that has not been done; its result goes to the folder of runs.
 *
 * @param folder the list's
 * @throws {CheckpointError} if a file of the list, or what an earlier run left behind, is damaged
 * @throws {TrainingEnded} if an observer says that the process is to end, after a checkpoint
 */
export async function trainListed(
  folder: string,
  { runs, grid }: TrainingList,
  work: ListedWork,
  { engine, observe }: { engine: Engine; observe?: Observe },
): Promise<void> {
  const place = { engine, runs, observe };
  if (work.kind !== "variant") await trainOfComparison(folder, grid as ListedComparison, work, place);
  else await trainOfTransfer(folder, grid as ListedTransfer, work, place);
}

async function trainOfComparison(
  folder: string,
  grid: ListedComparison,
  { kind, experiment }: Exclude<ListedWork, { kind: "variant" }>,
  place: Workplace,
): Promise<void> {
  const ownSystems = [...registered, ...await loadSystems(grid.systemFiles)];
  const system = findSystem(experiment.system, "systemNames", ownSystems);
  const targets = await readDomains(folder, grid.targets);
  const target = targets.find(({ name }) => name === experiment.dataset)!;
  const sources = system.abilities.sources === "none" ? [] : await readDomains(folder, grid.sources);
  const settings: ExperimentSettings = {
    ...place,
    sizes: grid.sizes,
    training: grid.training,
    pretraining: grid.pretraining,
    pretrainingEpochsOf: grid.pretrainingEpochsOf,
    ownSystems,
    retrain: grid.retrain,
    ...(grid.start === null
      ? {}
      : { start: await loadPretrained(`${domainsIn(dirname(folder))}/${grid.start}`) }),
  };
  const plan = await planExperiment(experiment, target, sources, settings);
  if (kind === "experiment") {
    await runExperiment(experiment, target, plan, { ...settings, engine: place.engine });
  } else await pretrain(plan, experiment, place);
}

/** Does the pre-trainings of an experiment, its parts' included. */
async function pretrain(plan: TrainingPlan, experiment: Experiment, place: Workplace): Promise<void> {
  const { pretraining, parts = [] } = plan;
  if (pretraining) {
    const { run, options } = pretraining;
    const label = `Pre-training ${experiment.system} on ${run.dataset}`;
    const observer = place.observe?.(label, options);
    await runPretraining(place.engine, {
      ...pretraining,
      options: { ...options, runs: place.runs, observer },
    });
  }
  for (const part of parts) await pretrain(part, experiment, place);
}

async function trainOfTransfer(
  folder: string,
  grid: ListedTransfer,
  { variant: at, seed, target }: Extract<ListedWork, { kind: "variant" }>,
  { engine, runs, observe }: Workplace,
): Promise<void> {
  const { name, sizes, tasks, ...files } = grid.variants[at];
  const sources = await readDomains(folder, files.sources);
  const targets = target === null ? [] : await readDomains(folder, [files.targets[target]]);
  const variant = { name, sizes, tasks, sources, targets };
  let start = null;
  if (sources.length > 0) {
    const { options, ...plan } = planVariant(variant, seed, { ...grid, runs });
    const observer = observe?.(`Pre-training ${name}, seed ${seed}`, options);
    ({ pretrained: start } = await runPretraining(engine, { ...plan, options: { ...options, observer } }));
  }
  if (target === null) return;
  const plan = await planFineTuning(variant, targets[0], start, seed, grid);
  const label = `${name}, seed ${seed}: ${targets[0].name}`;
  const place = { engine, runs, observe: observe && ((_: string, limits: Limits) => observe(label, limits)) };
  await (await plan.train(place)).release();
}

async function readDomains(folder: string, names: readonly string[]): Promise<Domain[]> {
  const domains: Domain[] = [];
  for (const name of names) domains.push(await readDomain(`${domainsIn(dirname(folder))}/${name}`));
  return domains;
}
