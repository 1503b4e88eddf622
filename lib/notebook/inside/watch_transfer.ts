import { countOf } from "../../count_of.ts";
import { listTransfer } from "../../experiments/lists/list_transfer.ts";
import {
  runTransfer,
  type TransferOptions,
  type TransferResult,
  type TransferVariant,
} from "../../experiments/transfer.ts";
import type { Workplace } from "../../systems/system.ts";
import { listIfAsked } from "./listing.ts";
import { describeFit } from "./describe_fit.ts";
import { createProgress } from "./progress.ts";

/**
 * Pre-trains and fine-tunes variants of UniSRec, as `runTransfer`, and shows how far that has come.
 *
 * @param title of the progress
 */
export async function watchTransfer(
  title: string,
  place: Workplace,
  variants: readonly TransferVariant[],
  options: Omit<TransferOptions, "runs" | "observe">,
): Promise<TransferResult[]> {
  await listIfAsked(place, (listPlace) => listTransfer(variants, options, listPlace));
  const { engine, runs } = place;
  const progress = createProgress({ title, total: 1, unit: "trainings" });
  let shown = { done: 0, total: 1 };
  const results = await runTransfer(engine, variants, {
    ...options,
    runs,
    observe(done, total, what) {
      shown = { done, total };
      progress.update(done, what, total);
    },
    watch: (what, limits) =>
      describeFit(limits, (text) => progress.update(shown.done, `${what}: ${text}`, shown.total)),
  });
  await progress.done(`${countOf(variants.length, "variant")}, ${countOf(options.seeds.length, "seed")}`);
  return results;
}
