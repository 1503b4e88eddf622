import type { EncodingProgress } from "../../text/files/feature_file.ts";
import { formatCount } from "../pages/format.ts";
import { createProgress, type Progress } from "./progress.ts";

/**
 * Returns what shows how a language model encodes texts: speed and the time left, a line for each feature file.
 *
 * A file that an earlier run has begun is shown from there, as else the speed would be too high.
 *
 * @param start begins a line
 */
export function watchEncoding(
  start: typeof createProgress = createProgress,
): (progress: EncodingProgress, file: string) => void {
  let shown: { progress: Progress; before: number } | null = null;
  return ({ done, total }, file) => {
    shown ??= {
      progress: start({ title: `Encoding ${file}`, total: total - done, unit: "texts" }),
      before: done,
    };
    if (done < total) {
      shown.progress.update(done - shown.before);
    } else {
      shown.progress.done(`${formatCount(total)} texts`);
      shown = null;
    }
  };
}
