/** A file's text, and how its bytes were read. */
export interface DecodedText {
  text: string;
  encoding: "UTF-8" | "UTF-16" | "Windows-1252";
}

/**
 * Decodes UTF-16 that begins with a byte order mark, else UTF-8, and what is neither as Windows-1252, in which
 * spreadsheets save; a byte order mark is left out.
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
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : null;
  try {
    const text = new TextDecoder(utf16 ?? "utf-8", { fatal: true }).decode(bytes);
    return { text, encoding: utf16 === null ? "UTF-8" : "UTF-16" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "Windows-1252" };
  }
}
