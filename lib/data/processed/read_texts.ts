import { basename } from "node:path";
import { DataError } from "../../errors.ts";
import { exists, readLines } from "../files.ts";
import { isMissing } from "../reading/missing.ts";
import { plainText } from "../reading/plain_text.ts";

/** The header of a `.text` file. */
export const textHeader = "item_id:token\ttext:token_seq";

/**
 * Reads a `.text` file: lines of an item's own identifier, a tab and its text.
 *
 * @param itemIds the items whose texts are wanted; lines of other items are passed over
 * @returns the texts in the order of `itemIds`, empty for an item that has none
 * @throws {DataError} if there is no such file, a line is malformed, or fewer than half of the items have a line
 */
export async function readTexts(path: string, itemIds: readonly string[]): Promise<string[]> {
  const [header, ...lines] = await readLines(path);
  if (header !== textHeader) {
    throw malformed(`${path}:1`, `the header ${JSON.stringify(textHeader)}`, header ?? "");
  }
  const texts = new Map<string, string>();
  lines.forEach((line, i) => {
    const tab = line.indexOf("\t");
    if (tab < 1) throw malformed(`${path}:${i + 2}`, "an item identifier, a tab and a text", line);
    const text = plainText(line.slice(tab + 1));
    texts.set(line.slice(0, tab), isMissing(text.trim()) ? "" : text);
  });
  const missing = itemIds.filter((id) => !texts.has(id));
  if (2 * missing.length > itemIds.length) {
    const index = path.replace(/\.text$/, ".item2index");
    throw new DataError({
      where: path,
      expected: `a text of item ${missing[0]}`,
      found: missing.length === 1
        ? "no such line"
        : `no such line, nor one of ${missing.length - 1} other items`,
      advice: await exists(index)
        ? "Add the items' texts, or remove the file where the data set has no texts."
        : `Add ${basename(index)}: without it items are called by their indices, 0, 1 and so on.`,
    });
  }
  return itemIds.map((id) => texts.get(id) ?? "");
}

function malformed(where: string, expected: string, found: string): DataError {
  return new DataError({
    where,
    expected,
    found: JSON.stringify(found.slice(0, 80)),
    advice: "Mend the line, or take the file from where the other files of the folder came from.",
  });
}
