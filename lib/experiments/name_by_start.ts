import { isRecord } from "../json.ts";
import { systems } from "../systems/registry.ts";
import type { KeptResult } from "./list_results.ts";
import { sourcesOf, stagesOf } from "./stages.ts";

/** A kept result under a name that says what sets it apart from others of its system. */
export interface NamedResult extends KeptResult {
  /** As Table 3 has it, where `experiment.system` says more. */
  system: string;
}

/**
 * Names results such that those of one name differ in what a search varies only: so settings can be chosen among them
 * without their data and without the notebook that made them.
 *
 * A system that learns from sources and had none is called `UniSRec t, from scratch`; one that had several choices of
 * sources is named with them. Where results of a name still differ, in limits for example, most of them keep the name, and
 * the others' says in what they differ. Of results with the same settings only the newest is kept.
 *
 * @returns in the order of the results, their names in `experiment.system`
 */
export function nameByStart(results: readonly KeptResult[]): NamedResult[] {
  const newest = newestOfEach(results);
  const named = newest.map((result): NamedResult => ({ ...result, system: result.experiment.system }));
  rename(named, (result) => result.system, ({ settings, system }, alike) => {
    const start = startOf(settings);
    if (start === null || !learnsFromSources(system)) return "";
    if (start === "from scratch") return `, ${start}`;
    const starts = new Set(
      alike.map(({ settings }) => startOf(settings)).filter((own) => own !== "from scratch"),
    );
    return starts.size > 1 ? `, ${start}` : "";
  });
  rename(named, (result) => result.experiment.system, (result, alike) => differenceFromMost(result, alike));
  return named;
}

/** Adds to the name of each result what is said of it among those of its data set that share a key. */
function rename(
  results: NamedResult[],
  keyOf: (result: NamedResult) => string,
  say: (result: NamedResult, alike: readonly NamedResult[]) => string,
): void {
  const groups = Map.groupBy(results, (result) => JSON.stringify([result.experiment.dataset, keyOf(result)]));
  for (const alike of groups.values()) {
    const said = alike.map((result) => say(result, alike));
    alike.forEach((result, at) => {
      const system = result.experiment.system + said[at];
      result.experiment = { ...result.experiment, system };
    });
  }
}

function newestOfEach(results: readonly KeptResult[]): KeptResult[] {
  const bySettings = Map.groupBy(results, ({ settings }) => JSON.stringify(settings));
  const newest = new Set(
    [...bySettings.values()].map((alike) => alike.find(({ ofOtherCode }) => !ofOtherCode) ?? alike.at(-1)!),
  );
  return results.filter((result) => newest.has(result));
}

function learnsFromSources(name: string): boolean {
  return systems.some((system) => system.name === name && system.abilities.sources !== "none");
}

/** Says what a training, or a sum's part that is trained, started from; null where nothing is trained. */
function startOf(settings: Record<string, unknown>): string | null {
  const stages = stagesOf(settings);
  if (stages.length === 0) return null;
  if (stages.length > 1) return `pre-trained on ${sourcesOf(stages, settings.dataset).join(", ")}`;
  return stages[0].start ? "pre-trained elsewhere" : "from scratch";
}

/** Says what differs from most results of the same name, such as `, epochs 40`; nothing of most of them. */
function differenceFromMost(result: NamedResult, alike: readonly NamedResult[]): string {
  const protocols = [...Map.groupBy(alike, ({ settings }) => JSON.stringify(protocolOf(settings))).values()];
  const most = protocols.reduce((largest, other) => other.length > largest.length ? other : largest);
  if (most.includes(result)) return "";
  const [own, usual] = [result, most[0]].map(({ settings }) => new Map(protocolOf(settings)));
  const differing = [...new Set([...own.keys(), ...usual.keys()])].filter((key) =>
    own.get(key) !== usual.get(key)
  );
  return differing.map((key) => `, ${key} ${own.get(key) ?? "not set"}`).join("");
}

/** Lists all settings that a search does not vary, as text: stage by stage, of a sum part by part. */
function protocolOf(settings: Record<string, unknown>): [name: string, text: string][] {
  if (Array.isArray(settings.parts)) {
    return settings.parts.filter(isRecord).flatMap((part) =>
      protocolOf(part).map(([name, text]): [string, string] => [`${part.name}'s ${name}`, text])
    );
  }
  const stages = Array.isArray(settings.stages) ? settings.stages.filter(isRecord) : [settings];
  return stages.flatMap((stage, at) => {
    const isLast = at === stages.length - 1;
    // hidden size and seed are the same in all stages, the learning rate is that of the last
    const isSearched = (name: string) =>
      ["hiddenSize", "seed", ...(isLast ? ["learningRate"] : [])].includes(name);
    return Object.entries(stage).filter(([name]) => !isSearched(name)).map((
      [name, value],
    ): [string, string] => [
      isLast ? name : `pre-training's ${name}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
  });
}
