import { AutoTokenizer, type PreTrainedTokenizer } from "@xenova/transformers";
import { join, resolve } from "node:path";
import { DataError } from "../../errors.ts";
import { checkTokenizerFolder, reason } from "./model_folder.ts";

/** BERT reads no more tokens than this. */
export const tokenLimit = 512;

/** Turns a text into token numbers, from [CLS] to [SEP]. */
export type Tokenize = (text: string) => number[];

/**
 * Loads the tokenizer in a model's folder.
 *
 * @throws {DataError} if the folder has none, or it cannot be read
 */
export async function loadTokenizer(folder: string): Promise<Tokenize> {
  const absolute = resolve(folder);
  await checkTokenizerFolder(absolute);
  try {
    return tokenizeWith(await AutoTokenizer.from_pretrained(absolute, { local_files_only: true }));
  } catch (cause) {
    throw unreadableTokenizer(join(absolute, "tokenizer.json"), cause);
  }
}

/** Makes a function of a tokenizer; halves of surrogate pairs count as characters that no vocabulary has. */
export function tokenizeWith(tokenizer: PreTrainedTokenizer): Tokenize {
  return (text) => tokenizer.encode(text.toWellFormed());
}

/** Makes the error for a tokenizer file that is there, but is none. */
export function unreadableTokenizer(path: string, cause: unknown): DataError {
  return new DataError({
    where: path,
    expected: "a tokenizer",
    found: `something else (${reason(cause)})`,
    advice: "The file is damaged: copy or download it again.",
  }, { cause });
}

/**
 * Cuts token numbers to a limit; the last one, [SEP], stays.
 *
 * @example
 * ```ts
 * import { truncate } from "./tokenizer.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(truncate([101, 7592, 2088, 102], 3), [101, 7592, 102]);
 * ```
 */
export function truncate(tokens: number[], limit: number): number[] {
  return tokens.length <= limit ? tokens : [...tokens.slice(0, limit - 1), tokens[tokens.length - 1]];
}

/**
 * Counts the tokens of each text, as BERT reads them: with [CLS] and [SEP], and at most 512.
 *
 * @returns `[texts]`
 */
export function countTokens(tokenize: Tokenize, texts: readonly string[]): Int32Array {
  return Int32Array.from(texts, (text) => Math.min(tokenize(text).length, tokenLimit));
}
