import { join, resolve } from "node:path";
import { lockFile } from "../file_lock.ts";

/** What this process has locked. A cell that was interrupted in Jupyter leaves its lock behind: the next takes it over. */
const held = new Map<string, Deno.FsFile>();

/**
 * Keeps other processes from training the same run, until the lock is disposed of or the process ends; see
 * `lockFile` for network file systems.
 *
 * @param folder the run's, which must be there
 * @param waiting called if another process has the lock; the promise is fulfilled when that one has let it go
 * @example
 * ```ts
 * import { lockRun } from "./run_lock.ts";
 *
 * const folder = await Deno.makeTempDir();
 * {
 *   using _lock = await lockRun(folder);
 *   // no other process trains here
 * }
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function lockRun(folder: string, waiting?: () => void): Promise<Disposable> {
  const path = resolve(folder);
  held.get(path)?.close();
  held.delete(path);
  const opened = await lockFile(join(path, "lock"), waiting);
  held.set(path, opened);
  return {
    [Symbol.dispose]() {
      if (held.get(path) !== opened) return; // taken over
      held.delete(path);
      opened.close();
    },
  };
}
