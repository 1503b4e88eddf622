import { DataError } from "../../errors.ts";
import { cleanAmazonField } from "../reading/clean_text.ts";
import { saysSomething } from "../says_something.ts";
import { streamLines } from "../reading/stream_lines.ts";

const fields = ["title", "category", "brand"];

/**
 * Reads item texts from Amazon's metadata, one JSON record a line: title, categories and brand, each cleaned.
 *
 * @param path a `.json` or `.json.gz` file, which is streamed
 * @param wanted the items to keep; an item listed twice keeps its first text
 * @returns texts by item (`asin`), without items whose fields hold neither a letter nor a digit
 * @throws {DataError} if the file cannot be read or a line is malformed
 */
export async function readAmazonTexts(
  path: string,
  wanted: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  await streamLines(path, (line, number) => {
    const record = parseRecord(line, `${path}:${number}`);
    const asin = record.asin as string;
    if (!wanted.has(asin) || texts.has(asin)) return;
    const text = fields.map((field) => cleanAmazonField(textField(record, field, `${path}:${number}`))).join(
      " ",
    );
    if (saysSomething(text)) texts.set(asin, text);
  });
  return texts;
}

function parseRecord(line: string, where: string): Record<string, unknown> {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    record = null;
  }
  if (
    record === null || typeof record !== "object" || !("asin" in record) || typeof record.asin !== "string"
  ) {
    throw malformed(where, "a JSON record with an asin", line);
  }
  return record as Record<string, unknown>;
}

function textField(record: Record<string, unknown>, field: string, where: string): string | string[] {
  const value = record[field] ?? "";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((part) => typeof part === "string")) return value;
  throw malformed(where, `a text or a list of texts as ${field}`, JSON.stringify(value));
}

function malformed(where: string, expected: string, found: string): DataError {
  return new DataError({
    where,
    expected,
    found: JSON.stringify(found.slice(0, 80)),
    advice: "Use the metadata file of Amazon Review Data 2018, one JSON record a line.",
  });
}
