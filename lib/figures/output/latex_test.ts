import assert from "node:assert/strict";
import { escapeLatex, latexNeeds } from "./latex.ts";

Deno.test("what LaTeX takes as commands, or prints otherwise with some fonts, is written as macros", () => {
  const written = {
    "\\": "\\textbackslash{}",
    "~^`": "\\textasciitilde{}\\textasciicircum{}\\textasciigrave{}",
    "&%$#_{}": "\\&\\%\\$\\#\\_\\{\\}",
    "a < b > c": "a \\textless{} b \\textgreater{} c",
    '12" | [*]': "12\\textquotedbl{} \\textbar{} [*]",
    "✓ ✗ ✦ ★": "\\ding{51} \\ding{55} \\ding{70} \\ding{72}",
    "±0 × −1 → 2…": "$\\pm$0 $\\times$ $-$1 $\\to$ 2\\dots{}",
  };
  for (const [text, latex] of Object.entries(written)) assert.equal(escapeLatex(text), latex);
});

Deno.test("signs do not join into other signs", () => {
  assert.equal(escapeLatex("a-b -- c --- d – e"), "a-b -{}- c -{}-{}- d -- e");
  assert.equal(escapeLatex("it's ''x'' ,,y"), "it's '{}'x'{}' ,{},y");
});

Deno.test("text stays on its line", () => {
  assert.equal(escapeLatex("a\r\n\n% b\tc\0d"), "a \\% b c d");
});

Deno.test("a table says which packages and which engine it needs", () => {
  assert.equal(latexNeeds("Kapitän “é” €"), "% needs \\usepackage{booktabs} and \\usepackage[T1]{fontenc}\n");
  assert.equal(
    latexNeeds(escapeLatex("✓ 漢 ع 漢 👩 a\nb")),
    "% needs \\usepackage{booktabs,pifont} and lualatex or xelatex, with a font that has 漢ع👩\n",
  );
});
