import { exists } from "../../data/files.ts";
import { readArchive } from "../../experiments/archives.ts";
import { resultOfText } from "../../experiments/result_file.ts";
import type { SavedResult } from "../../experiments/result_schema.ts";

/**
 * Reads the results in an archive, as they are kept beside a data set's tables.
 *
 * @returns none where there is no such file
 * @throws {CheckpointError} that names file and field, if a result is damaged
 * @throws {DataError} if the file is no archive
 */
export async function archivedResults(path: string): Promise<SavedResult[]> {
  if (!await exists(path)) return [];
  const results = [...await readArchive(path)].filter(([name]) => name.startsWith("experiments/"));
  return results.map(([name, { data }]) => resultOfText(new TextDecoder().decode(data), `${path}, ${name}`));
}
