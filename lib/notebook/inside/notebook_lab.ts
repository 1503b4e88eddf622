import type { Domain } from "../../data/domain.ts";
import type { EpochRecord } from "../../training/fit.ts";
import {
  type Lab,
  type LabOptions,
  type LoadedDomains,
  type LoadOptions,
  openLab,
} from "../../systems/lab.ts";
import type { System, TrainedRecommender, TrainOptions } from "../../systems/system.ts";
import { describeEncoding, type EncoderChoice } from "../../text/encode_texts.ts";
import { formatCount } from "../pages/format.ts";
import { showMarkdown } from "./display.ts";
import { watchEncoding } from "./watch_encoding.ts";
import { watchTraining } from "./watch_training.ts";

/** A lab that shows what it does. */
export interface NotebookLab extends Lab {
  /** The epochs of every training so far, by its name. */
  readonly curves: Record<string, readonly EpochRecord[]>;
  /**
   * Trains a system on a target; see `Lab.train`.
   *
   * @param options with a name for the reader, where a system is trained in several ways
   */
  train(
    system: string | System,
    target: Domain,
    options?: TrainOptions & { label?: string },
  ): Promise<TrainedRecommender>;
}

/**
 * Opens a lab in a notebook: it says what computes and what was loaded, and shows how trainings come on.
 *
 * @param options with the language model that encodes texts anew, null for none
 */
export async function openNotebookLab(
  { bertModel = null, ...options }: Omit<LabOptions, "observe"> & Pick<LoadOptions, "bertModel">,
): Promise<NotebookLab> {
  const { observe, curves } = watchTraining();
  let label: string | undefined;
  const lab = await openLab({
    ...options,
    observe: (name, limits) => observe(name.startsWith("Pre-training") ? name : label ?? name, limits),
  });
  console.log(lab.engine.description);
  return {
    ...lab,
    curves,
    async load(profile, options: LoadOptions = {}) {
      const loaded = await lab.load(profile, { bertModel, observe: watchEncoding(), ...options });
      await showMarkdown(describeDomains(loaded, bertModel));
      return loaded;
    },
    async train(system, target, { label: wanted, ...options } = {}) {
      label = wanted;
      return await lab.train(system, target, options).finally(() => label = undefined);
    },
  };
}

/** Says which domains there are, how large they are, and what encoded their texts. */
export function describeDomains(
  { targets, sources }: Pick<LoadedDomains, "targets" | "sources">,
  bertModel: EncoderChoice | null,
): string {
  const list = (domains: readonly Domain[]) =>
    domains.map(({ name, userIds, itemIds }) =>
      `**${name}** (${formatCount(userIds.length)} users, ${formatCount(itemIds.length)} items)`
    ).join(", ");
  const from = sources.length > 0 ? ` Pre-training on ${list(sources)}.` : "";
  const title = targets.length > 1 ? "Targets" : "Target";
  return `${title}: ${list(targets)}.${from}${describeEncoding(bertModel, [...sources, ...targets])}`;
}
