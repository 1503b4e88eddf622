import { createHash } from "node:crypto";
import { saysSomething } from "../data/says_something.ts";
import { ParameterError } from "../errors.ts";
import { createGenerator, integer, uniform } from "../random.ts";

/** Which words are dropped. */
export interface WordDropOptions {
  /** The chance of each word to be dropped; 0.15 by default. */
  ratio?: number;
  seed?: number;
}

/**
 * Drops words at random: the paper's augmentation of texts. A text keeps at least one word with a letter or a digit.
 *
 * What is dropped from a text depends on the seed and on the text alone, not on the texts before it.
 *
 * @throws {ParameterError} if the ratio is not in [0, 1)
 * @example
 * ```ts
 * import { dropWords } from "./word_drop.ts";
 * import assert from "node:assert/strict";
 *
 * const [dropped] = dropWords(["red dog leash for small dogs"], { ratio: 0.5 });
 * assert.ok(dropped.split(" ").length <= 6);
 * ```
 */
export function dropWords(
  texts: readonly string[],
  { ratio = 0.15, seed = 2022 }: WordDropOptions = {},
): string[] {
  if (!(ratio >= 0 && ratio < 1)) {
    throw new ParameterError({
      where: "ratio",
      expected: "a number of at least 0 and below 1",
      found: String(ratio),
      advice: "The reference uses 0.15.",
    });
  }
  return texts.map((text) => {
    const generator = createGenerator(createHash("sha256").update(text).digest().readInt32LE() ^ seed);
    const words = text.split(/\s+/).filter((word) => word !== "");
    const kept = words.filter(() => uniform(generator) >= ratio);
    const telling = words.filter(saysSomething);
    if (telling.length > 0 && !kept.some(saysSomething)) {
      kept.push(telling[integer(generator, telling.length)]);
    }
    return kept.join(" ");
  });
}
