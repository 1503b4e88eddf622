import { join } from "node:path";
import type { Domain } from "../domain.ts";
import type { RawData } from "../log/raw_data.ts";
import { readBeginning } from "../reading/bytes.ts";
import type { ColumnMapping } from "../reading/columns.ts";

/** A folder whose format is to be told. */
export interface Folder {
  path: string;
  /** The data set's name, which is the folder's. */
  name: string;
  /** Names of the files in it, from A to Z. */
  files: string[];
  /** Which columns of one's own tables are what. */
  columns?: ColumnMapping;
  /** Returns the beginning of a file as bytes and its lines but the last, unpacked. */
  peek(file: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; lines: string[] }>;
}

/** What a format has found in a folder: the files that it reads, and how. */
export type Found =
  & {
    /** The files that the result depends on, with their folder; none where reading is so fast that nothing is kept. */
    inputs: string[];
  }
  & ({
    readRaw(): Promise<RawData>;
    /** Makes a domain in a way of its own, split leave-one-out. */
    readDomain?(say: (line: string) => void): Promise<Domain>;
  } | {
    readDomain(say: (line: string) => void, featureWidth?: number): Promise<Domain>;
  });

/** A format in which people have their data. */
export interface Format {
  name: string;
  /** Which files it takes, for the message where no format fits; X is the folder's name. */
  files: string;
  /** Tells by the files' names and contents whether the folder is of this format. */
  find(folder: Folder): Promise<Found | null>;
}

/** Bytes by which a file's format is told. */
const beginning = 2 ** 16;

/** Returns a folder ready to be looked at; each file's beginning is read once. */
export async function openFolder(path: string, name: string, columns?: ColumnMapping): Promise<Folder> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(path)) {
    // stat follows links, and a file may well be one
    if ((await Deno.stat(join(path, entry.name)).catch(() => null))?.isFile) files.push(entry.name);
  }
  const seen = new Map<string, ReturnType<Folder["peek"]>>();
  const look = async (file: string) => {
    const bytes = await readBeginning(join(path, file), beginning);
    const lines = new TextDecoder().decode(bytes).replace(/^\ufeff/, "").split(/\r?\n/);
    if (bytes.length === beginning) lines.pop(); // it is cut off
    return { bytes, lines: lines.filter((line) => line.trim() !== "") };
  };
  return {
    path,
    name,
    files: files.sort(),
    columns,
    peek(file) {
      if (!seen.has(file)) seen.set(file, look(file));
      return seen.get(file)!;
    },
  };
}
