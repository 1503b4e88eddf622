/** Files by their names. */
export type Files = Record<string, Uint8Array>;

/** Something that reads files which may be damaged. */
export interface FuzzReader {
  name: string;
  /** Whether it reads with functions of Node that do not find files in memory. */
  onDisk?: boolean;
  /**
   * Makes what is damaged, and what reads it.
   *
   * @param folder a folder of the reader's own, for whatever it needs beside the files
   */
  open(folder: string): Promise<OpenReader>;
}

/** A reader at work. */
export interface OpenReader {
  /** Whole inputs: in each run some files of one of them are damaged. */
  originals: Files[];
  /**
   * Reads a folder's files. It throws a typed error where it refuses them, and an assertion's where it took what it
   * should not have taken.
   *
   * @param folder holds the files of one input
   * @param original the number of the input that was damaged
   */
  read(folder: string, original: number): Promise<void>;
}

export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
