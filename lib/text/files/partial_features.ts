import { DataError } from "../../errors.ts";
import { tryLock } from "../../file_lock.ts";
import { onDisk } from "../../write_file.ts";

/**
 * A feature file in the making: its rows, then one byte per step of the work that says whether the step is done.
 *
 * Rows and bytes are in one file, so that no moment exists in which they could contradict each other: a step's rows
 * are on the disk before its byte is set. Once every step is done the bytes are cut off, and the file is renamed.
 */
export interface PartialFeatures {
  path: string;
  file: Deno.FsFile;
  rows: number;
  rowSize: number;
  /** 1 for each step that is done. `[steps]` */
  done: Uint8Array;
}

/**
 * Opens a partial file, or makes one of its full size.
 *
 * @param rowSize bytes per row
 * @param steps how many steps the work has, at least one
 * @throws {DataError} if another process is at it
 * @throws {StorageError} if the disk is full
 */
export async function openPartial(
  path: string,
  rows: number,
  rowSize: number,
  steps: number,
): Promise<PartialFeatures> {
  const file = await Deno.open(path, { read: true, write: true, create: true });
  try {
    // between opening and locking, another process may have finished the file and renamed it
    if (!await tryLock(file, path) || !await isAt(file, path)) throw locked(path);
    const partial = { path, file, rows, rowSize, done: new Uint8Array(steps) };
    const { size } = await file.stat();
    // a file that was cut to its rows lacks nothing but the new name
    if (size === rows * rowSize) partial.done.fill(1);
    else if (size === rows * rowSize + steps) await readAt(file, rows * rowSize, partial.done);
    else await onDisk(path, () => resize(file, rows * rowSize + steps));
    return partial;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Writes rows, `values` holding them one after the other. */
export function writeRows(
  { path, file, rowSize }: PartialFeatures,
  rows: readonly number[],
  values: Uint8Array,
): Promise<void> {
  return onDisk(path, async () => {
    for (const [i, row] of rows.entries()) {
      await writeAt(file, row * rowSize, values.subarray(i * rowSize, (i + 1) * rowSize));
    }
  });
}

/** Reads one row. */
export async function readRow({ file, rowSize }: PartialFeatures, row: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(rowSize);
  await readAt(file, row * rowSize, bytes);
  return bytes;
}

/** Notes that a step is done, once what was written is on the disk. */
export async function finishStep(partial: PartialFeatures, step: number): Promise<void> {
  const { path, file, rows, rowSize, done } = partial;
  await onDisk(path, async () => {
    await file.syncData();
    await writeAt(file, rows * rowSize + step, new Uint8Array([1]));
  });
  done[step] = 1;
}

/** Cuts the file to its rows; all steps must be done. */
export function cutToRows({ path, file, rows, rowSize }: PartialFeatures): Promise<void> {
  return onDisk(path, async () => {
    await file.truncate(rows * rowSize);
    await file.sync();
  });
}

/** Fills `bytes` from the file's bytes at `offset`. */
export async function readAt(file: Deno.FsFile, offset: number, bytes: Uint8Array): Promise<void> {
  await file.seek(offset, Deno.SeekMode.Start);
  for (let filled = 0; filled < bytes.length;) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) throw new Deno.errors.UnexpectedEof(`no byte ${offset + filled} in the file`);
    filled += count;
  }
}

async function writeAt(file: Deno.FsFile, offset: number, bytes: Uint8Array): Promise<void> {
  await file.seek(offset, Deno.SeekMode.Start);
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
}

async function isAt(file: Deno.FsFile, path: string): Promise<boolean> {
  const [opened, found] = await Promise.all([file.stat(), Deno.stat(path).catch(() => null)]);
  return opened.ino === found?.ino;
}

async function resize(file: Deno.FsFile, size: number): Promise<void> {
  await file.truncate(0); // what was there before belongs to nothing
  await file.truncate(size);
}

function locked(path: string): DataError {
  return new DataError({
    where: path,
    expected: "a file that nobody else is writing",
    found: "another process at work on it",
    advice: "Wait until it has finished, or stop it.",
  });
}
