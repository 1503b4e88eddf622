/** A file's text, and how its bytes were read. */
export interface DecodedText {
  text: string;
  encoding: "UTF-8" | "Windows-1252";
}

/**
 * Decodes UTF-8, and what is not UTF-8 as Windows-1252, in which spreadsheets save; a byte order mark is left out.
 *
 * @example
 * ```ts
 * import { decodeText } from "./decode_text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(decodeText(Uint8Array.of(0xa3, 0x35)), { text: "£5", encoding: "Windows-1252" });
 * ```
 */
export function decodeText(bytes: Uint8Array<ArrayBuffer>): DecodedText {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "UTF-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "Windows-1252" };
  }
}
