import { plainText } from "./plain_text.ts";

/** Fields as long as this are spoilt (whole web pages): the text does without them. */
const lengthLimit = 2000;

/**
 * Cleans one field of Amazon's metadata (a title, a brand, a list of categories) and ends it in one full stop.
 *
 * HTML goes, and so do quotes and line breaks; a field of 2,000 characters or more becomes empty.
 *
 * @example
 * ```ts
 * import { cleanAmazonField } from "./clean_text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(cleanAmazonField(["Industrial &amp; Scientific", "Tape"]), "Industrial & Scientific Tape.");
 * ```
 */
export function cleanAmazonField(field: string | string[]): string {
  const text = [field].flat().map((part) => plainText(part).replace(/["\n\r]/g, "").trim()).join(" ");
  const cleaned = `${text.replace(/\.+$/, "")}.`;
  return cleaned.length < lengthLimit ? cleaned : "";
}

/**
 * Cleans a description of Online Retail: trimmed, lower-cased, with a full stop.
 *
 * @example
 * ```ts
 * import { cleanDescription } from "./clean_text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(cleanDescription(" WHITE METAL LANTERN "), "white metal lantern.");
 * ```
 */
export function cleanDescription(description: string): string {
  return `${plainText(description).trim().toLowerCase()}.`;
}
