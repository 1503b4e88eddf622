import { createGenerator, integer } from "../lib/random.ts";

const words = ["red", "shirt", "guitar", "string", "cat", "the", "pro", "kit"];

/** Makes 2,000 texts of 1 to 40 words that the tiny tokenizer knows, always the same. */
export function manyTexts(): string[] {
  const generator = createGenerator(4);
  return Array.from(
    { length: 2000 },
    () => Array.from({ length: 1 + integer(generator, 40) }, () => words[integer(generator, 8)]).join(" "),
  );
}
