import { isRecord } from "../json.ts";

/** What was chosen for one stage of a training: its pre-training, or that on the target. */
export type Stage = Record<string, unknown>;

/**
 * Returns the stages of a result's settings, pre-training first; none where nothing is trained.
 *
 * Of a sum of systems these are the stages of its first part that has any.
 */
export function stagesOf(settings: Readonly<Record<string, unknown>>): Stage[] {
  if (Array.isArray(settings.stages)) return settings.stages.filter(isRecord);
  if (!Array.isArray(settings.parts)) return [];
  return settings.parts.filter(isRecord).map(stagesOf).find(({ length }) => length > 0) ?? [];
}

/** Returns the names of the domains that the first of several stages learnt from, but for the target. */
export function sourcesOf(stages: readonly Stage[], target: unknown): string[] {
  return stages.length < 2 ? [] : String(stages[0].dataset).split("+").filter((name) => name !== target);
}
