import { basename } from "node:path";
import { DataError } from "../../errors.ts";
import { exists, readLines } from "../files.ts";

/** The header of a `.text` file. */
export const textHeader = "item_id:token\ttext:token_seq";

/**
 * Reads a `.text` file: lines of an item's own identifier, a tab and its text.
 *
 * @param itemIds the items whose texts are wanted; lines of other items are passed over
 * @returns the texts in the order of `itemIds`
 * @throws {DataError} if there is no such file, a line is malformed, or an item has no text
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
    texts.set(line.slice(0, tab), line.slice(tab + 1));
  });
  const missing = itemIds.find((id) => !texts.get(id)?.trim());
  if (missing !== undefined) {
    const index = path.replace(/\.text$/, ".item2index");
    throw new DataError({
      where: path,
      expected: `a text of item ${missing}`,
      found: texts.has(missing) ? "an empty one" : "no such line",
      advice: texts.has(missing) || await exists(index)
        ? "Add the item's text, or remove the file where the data set has no texts."
        : `Add ${basename(index)}: without it items are called by their indices, 0, 1 and so on.`,
    });
  }
  return itemIds.map((id) => texts.get(id)!);
}

function malformed(where: string, expected: string, found: string): DataError {
  return new DataError({
    where,
    expected,
    found: JSON.stringify(found.slice(0, 80)),
    advice: "Mend the line, or take the file from where the other files of the folder came from.",
  });
}
