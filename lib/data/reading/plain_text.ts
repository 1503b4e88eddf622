import { decodeHTML } from "entities";
import { parseHTML } from "linkedom";
import { isMissing } from "./missing.ts";

/** Elements that stand within a word or a line; at the edges of all others a word ends. */
const inline =
  "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span " +
  "strike strong sub sup time tt u var wbr";
const block =
  "address article aside audio blockquote body br button canvas caption center col colgroup dd details " +
  "dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup " +
  "hr html iframe img input label legend li link main map menu meta nav noscript object ol optgroup option output " +
  "p param picture pre progress script section select source style summary svg table tbody td template textarea " +
  "tfoot th thead title tr track ul video";
const inlineElements = new Set(inline.split(" "));
const silentElements = new Set(["script", "style", "template", "noscript", "head", "iframe", "object"]);

/** A tag of HTML, whole or cut off at the end: `a < b`, `<3` and `List<String>` are none. */
const tag = new RegExp(
  `<!--|<!doctype|</?(?:${`${inline} ${block}`.replaceAll(" ", "|")})(?:\\s[^<>]*|/)?(?:>|$)`,
  "i",
);
const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/i;

/** Texts went through as many hands that each escaped them once more. */
const mostEscapes = 8;

/**
 * Returns a text as people read it: without HTML's tags, scripts and entities, and in Unicode's composed form (NFC).
 *
 * Every reader of texts uses it, so that no tag becomes a word. A text without markup keeps its white space.
 *
 * @example
 * ```ts
 * import { plainText } from "./plain_text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(plainText('<span class="a">Red <b>Mug</b>s</span><br>&amp;quot;new&amp;quot;'), 'Red Mugs "new"');
 * assert.equal(plainText("I <3 mugs, 5 < 6"), "I <3 mugs, 5 < 6");
 * ```
 */
export function plainText(text: string): string {
  let plain = text;
  for (let time = 0; time < mostEscapes && (plain.includes("<") || plain.includes("&")); time++) {
    const before = plain;
    if (tag.test(plain)) plain = withoutTags(plain);
    else if (entity.test(plain)) plain = decodeHTML(plain).replaceAll("\u00a0", " ").trim();
    if (plain === before) break;
  }
  return plain.normalize("NFC");
}

/**
 * Returns a cell's text as `plainText` has it, with one space for any white space; nothing for what says that nothing
 * is there.
 */
export function cellText(cell: string): string {
  const text = plainText(cell).replace(/\s+/g, " ").trim();
  return isMissing(text) ? "" : text;
}

function withoutTags(html: string): string {
  const { document } = parseHTML(`<html><body>${html}</body></html>`) as unknown as {
    document: { body: HtmlNode };
  };
  const parts: string[] = [];
  collect(document.body, parts);
  return parts.join("").replace(/\s+/g, " ").trim();
}

interface HtmlNode {
  nodeType: number;
  nodeName: string;
  textContent: string | null;
  childNodes: Iterable<HtmlNode>;
}

const textNode = 3, elementNode = 1;

function collect(node: HtmlNode, parts: string[]): void {
  for (const child of node.childNodes) {
    const name = child.nodeName.toLowerCase();
    if (child.nodeType === textNode) parts.push(child.textContent ?? "");
    else if (child.nodeType === elementNode && !silentElements.has(name)) {
      const edge = inlineElements.has(name) ? "" : " ";
      parts.push(edge);
      collect(child, parts);
      parts.push(edge);
    }
  }
}
