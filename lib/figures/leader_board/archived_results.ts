import { createTarDecoder } from "modern-tar";
import { resultOfText } from "../../experiments/result_file.ts";
import type { SavedResult } from "../../experiments/result_schema.ts";

/**
 * Reads the results in a `results.tar.gz`, as they are kept beside a data set's tables.
 *
 * @returns none where there is no such file
 * @throws {CheckpointError} that names file and field, if a result is damaged
 */
export async function archivedResults(path: string): Promise<SavedResult[]> {
  let file;
  try {
    file = await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  const entries = file.readable.pipeThrough(new DecompressionStream("gzip")).pipeThrough(createTarDecoder());
  const results: SavedResult[] = [];
  for await (const { header, body } of entries) {
    const text = await new Response(body).text();
    // beside the results lies what is kept of their users
    if (header.type === "file" && /^experiments\/.*\.json$/.test(header.name)) {
      results.push(resultOfText(text, `${path}, ${header.name}`));
    }
  }
  return results;
}
