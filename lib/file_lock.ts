import { onDisk } from "./write_file.ts";

/** What a file system answers that has no locks: Lustre does where it is mounted without them. */
const noLocks = ["ENOSYS", "EOPNOTSUPP", "ENOTSUP", "ENOLCK"];

/**
 * Locks a file, which is made if it is not there, until it is closed or the process ends; on a network file system it keeps
 * out processes of other machines, too. Where the file system has no locks that is said, and nobody is kept out.
 *
 * It is a file and not a folder, as NFS locks only what is open for writing.
 *
 * @param waiting called if another process has the lock; the promise is fulfilled when that one has let it go
 * @returns the open file
 * @throws {StorageError} if the file may not be written
 * @example
 * ```ts
 * import { lockFile } from "./file_lock.ts";
 *
 * const folder = await Deno.makeTempDir();
 * {
 *   using _lock = await lockFile(`${folder}/lock`);
 *   // no other process has it
 * }
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function lockFile(path: string, waiting?: () => void): Promise<Deno.FsFile> {
  const file = await onDisk(path, () => Deno.open(path, { write: true, create: true }));
  try {
    if (!await tryLock(file, path)) {
      waiting?.();
      await file.lock(true);
    }
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * Locks an open file if no other process has it, and tells whether that is so; where the file system has no locks, too, but
 * then that is said.
 *
 * @param file open for writing
 * @param path its own, for the message
 */
export async function tryLock(file: Pick<Deno.FsFile, "tryLock">, path: string): Promise<boolean> {
  try {
    return await file.tryLock(true);
  } catch (error) {
    if (!noLocks.includes((error as { code?: string }).code ?? "")) throw error;
    console.warn(`${path}: the file system has no locks. Let no two processes do the same at once.`);
    return true;
  }
}
