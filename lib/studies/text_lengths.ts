import type { Domain } from "../data/domain.ts";
import { countTokens, loadTokenizer } from "../text/encoder/tokenizer.ts";

/** How long the texts of a domain's items are. */
export interface TextLengths {
  name: string;
  /** `[items]` */
  lengths: number[];
}

/**
 * Measures how long items' texts are: in BERT's tokens, or in words where there is no tokenizer.
 *
 * @param domains those without texts are left out
 * @param tokenizerFolder holds BERT's tokenizer; null counts words
 * @throws {DataError} if the folder has no tokenizer
 */
export async function measureTextLengths(
  domains: readonly Pick<Domain, "name" | "itemTexts">[],
  tokenizerFolder: string | null,
): Promise<{ unit: "tokens" | "words"; domains: TextLengths[] }> {
  const tokenize = tokenizerFolder === null ? null : await loadTokenizer(tokenizerFolder);
  const lengthsOf = (texts: readonly string[]) =>
    tokenize ? [...countTokens(tokenize, texts)] : texts.map((text) => text.split(/\s+/).length);
  return {
    unit: tokenize ? "tokens" : "words",
    domains: domains.flatMap(({ name, itemTexts }) =>
      itemTexts ? [{ name, lengths: lengthsOf(itemTexts) }] : []
    ),
  };
}
