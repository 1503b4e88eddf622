import { type Entry, type FileEntry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { CheckpointError } from "../../errors.ts";
import { damaged } from "./pickled.ts";

/** A file of `torch.save`: a zip archive of one pickle and of the numbers that it refers to. */
export interface Archive {
  /** The file's name, for messages. */
  path: string;
  pickle: Uint8Array;
  /**
   * Returns the bytes stored under a key.
   *
   * @throws {CheckpointError} if there are none, or they have changed since they were written
   */
  readStorage(key: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Checksums are compared, and no entry may claim the bytes of another. */
const checks = { checkSignature: true, checkOverlappingEntry: true, strictness: "strict" } as const;

const pickleName = "data.pkl";

/**
 * Opens a file of `torch.save` (PyTorch 1.6 or later).
 *
 * @throws {CheckpointError} if there is no such file, or it is cut off, damaged or of another format
 */
export async function openArchive(path: string): Promise<Archive> {
  const files = await listFiles(path, await readFile(path));
  const pickles = [...files.keys()].filter((name) => name.endsWith(`/${pickleName}`));
  if (pickles.length !== 1) {
    throw damaged(path, `one ${pickleName}`, pickles.length === 0 ? "none" : pickles.join(", "));
  }
  const folder = pickles[0].slice(0, -pickleName.length);
  const read = async (name: string) => {
    const file = files.get(folder + name);
    if (!file) throw damaged(path, folder + name, "no such entry in the archive");
    return await readEntry(file, `${path}, entry ${folder}${name}`);
  };
  checkByteOrder(path, files.has(`${folder}byteorder`) ? await read("byteorder") : null);
  return { path, pickle: await read(pickleName), readStorage: (key) => read(`data/${key}`) };
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    const advice = "Check the path; the authors' README says where UniSRec-FHCKM-300.pth is to be had.";
    throw new CheckpointError({ where: path, expected: "a PyTorch checkpoint", found: "no file", advice }, {
      cause,
    });
  }
}

async function listFiles(path: string, bytes: Uint8Array): Promise<Map<string, FileEntry>> {
  const files = new Map<string, FileEntry>();
  for (const entry of await listEntries(path, bytes)) {
    if (files.has(entry.filename)) throw damaged(path, "every entry once", `${entry.filename} twice`);
    if (!entry.directory) files.set(entry.filename, entry);
  }
  return files;
}

async function listEntries(path: string, bytes: Uint8Array): Promise<Entry[]> {
  try {
    return await new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false }).getEntries();
  } catch (cause) {
    // a pickle begins like this: the format before PyTorch 1.6
    if (bytes[0] === 0x80) throw oldFormat(path);
    throw damaged(path, "a zip archive, torch.save's format since PyTorch 1.6", messageOf(cause), cause);
  }
}

function oldFormat(path: string): CheckpointError {
  return new CheckpointError({
    where: path,
    expected: "a zip archive, torch.save's format since PyTorch 1.6",
    found: "the format before it",
    advice: "Load the file with a newer PyTorch and save it again with torch.save.",
  });
}

async function readEntry(entry: FileEntry, where: string): Promise<Uint8Array<ArrayBuffer>> {
  // so that no small file can unpack to a large one
  if (entry.compressionMethod !== 0 || entry.encrypted) {
    throw damaged(where, "bytes that are neither compressed nor encrypted", "others");
  }
  try {
    return await entry.getData(new Uint8ArrayWriter(), checks);
  } catch (cause) {
    throw damaged(where, "the bytes that were written", messageOf(cause), cause);
  }
}

function checkByteOrder(path: string, bytes: Uint8Array | null): void {
  const order = bytes ? new TextDecoder().decode(bytes) : "little"; // not written before PyTorch 2.1
  if (order === "little") return;
  const advice =
    "Load it on the machine that wrote it, and save it on one with an Intel, AMD or ARM processor";
  throw new CheckpointError({ where: path, expected: "little-endian numbers", found: order, advice });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
