import type { Domain } from "./domain.ts";
import { readProcessedDomain } from "./read_processed.ts";

/** Reads the data set in a folder, whatever known kind its files are of. */
export function readDataset(folder: string, name: string, _cacheRoot: string): Promise<Domain> {
  return readProcessedDomain(folder, name);
}
