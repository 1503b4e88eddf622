/** What LaTeX would take as a command, join into another sign, or not know. */
const replacements: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "`": "\\textasciigrave{}",
  '"': "\\textquotedbl{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  // before another one: two would become a dash, a quotation mark
  "-": "-{}",
  "'": "'{}",
  ",": ",{}",
  "–": "--",
  "…": "\\dots{}",
  "−": "$-$",
  "±": "$\\pm$",
  "×": "$\\times$",
  "→": "$\\to$",
  "✓": "\\ding{51}",
  "✗": "\\ding{55}",
  "✦": "\\ding{70}",
  "★": "\\ding{72}",
};

/** All that pdflatex does not print with T1 fonts. */
const unknownLetters =
  /[^\n\x20-\x7e\xa0-\xb7\xb9-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u0165\u0168-\u017e\u2010-\u2016‘-‚“-„†-•‰‹›€™←-↓]/gu;

/**
 * Writes text so that LaTeX prints it as it stands, on one line.
 *
 * @example
 * ```ts
 * import { escapeLatex } from "./latex.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(escapeLatex("a_1 < 5 %"), "a\\_1 \\textless{} 5 \\%");
 * ```
 */
export function escapeLatex(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").replace(
    /[\\~^`"<>|–…−±×→✓✗✦★&%$#_{}]|-(?=-)|'(?=')|,(?=,)/g,
    (character) => replacements[character] ?? `\\${character}`,
  );
}

/** Says, as a LaTeX comment, what a document needs to print a table: packages, and an engine that knows its letters. */
export function latexNeeds(table: string): string {
  const letters = [...new Set(table.match(unknownLetters))].join("");
  const packages = table.includes("\\ding{") ? ["booktabs", "pifont"] : ["booktabs"];
  const fonts = letters === ""
    ? "\\usepackage[T1]{fontenc}"
    : `lualatex or xelatex, with a font that has ${letters}`;
  return `% needs \\usepackage{${packages.join(",")}} and ${fonts}\n`;
}
