import { join, resolve } from "node:path";
import { onDisk } from "../write_file.ts";

/** The file in a run's folder that is locked. NFS locks only what is open for writing, which a folder never is. */
const lockFile = "lock";

/** What a file system answers that has no locks: Lustre does where it is mounted without them. */
const noLocks = ["ENOSYS", "EOPNOTSUPP", "ENOTSUP", "ENOLCK"];

/** What this process has locked. A cell that was interrupted in Jupyter leaves its lock behind: the next takes it over. */
const held = new Map<string, Deno.FsFile>();

/**
 * Keeps other processes from training the same run, until the lock is disposed of or the process ends; on a network
 * file system those of other machines, too. Where a file system has no locks, that is said, and nobody is kept out.
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
  const file = join(path, lockFile);
  const opened = await onDisk(file, () => Deno.open(file, { write: true, create: true }));
  try {
    if (!await opened.tryLock(true)) {
      waiting?.();
      await opened.lock(true);
    }
  } catch (error) {
    if (!noLocks.includes((error as { code?: string }).code ?? "")) throw error;
    console.warn(`${path}: its file system has no locks. Do not train the same in two processes at once.`);
  }
  held.set(path, opened);
  return {
    [Symbol.dispose]() {
      if (held.get(path) !== opened) return; // taken over
      held.delete(path);
      opened.close();
    },
  };
}
