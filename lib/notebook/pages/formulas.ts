import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { decodeHTML } from "entities";
// naming the package here makes Deno install it, so that its style sheet and fonts can be found
import "katex";
import subsetFont from "subset-font";

const styleSheet = import.meta.resolve("katex/dist/katex.min.css");

/**
 * Returns the style sheet of a page's formulas, with the letters that they use of KaTeX's fonts in it: they look the same
 * in every browser, whatever fonts are installed.
 *
 * @param html with formulas as KaTeX writes them
 * @returns nothing where there is no formula
 */
export async function formulaStyle(html: string): Promise<string> {
  const formulas = formulasOf(html).join("");
  if (formulas === "") return "";
  const style = await readFile(fileURLToPath(styleSheet), "utf8");
  const letters = decodeHTML(formulas.replace(/<[^>]*>/g, ""));
  const [faces, rules] = [/@font-face\{[^}]*\}/g, style.replace(/@font-face\{[^}]*\}/g, "")];
  const families = familiesOf(rules, formulas);
  const used = [...style.matchAll(faces)].map(([face]) => face).filter((face) =>
    families.has(face.match(/KaTeX_\w+/)![0])
  );
  return (await Promise.all(used.map((face) => embedLetters(face, letters)))).join("\n") + "\n" + rules;
}

/** Finds what KaTeX drew, without the MathML beside it. */
function formulasOf(html: string): string[] {
  return [...html.matchAll(/<span class="katex-html"/g)].map(({ index }) => {
    const spans = /<(\/?)span\b[^>]*>/g;
    spans.lastIndex = index;
    let depth = 0;
    do depth += spans.exec(html)![1] === "" ? 1 : -1; while (depth > 0);
    return html.slice(index, spans.lastIndex);
  });
}

/** Names the font families whose rules the formulas' classes ask for. */
function familiesOf(rules: string, formulas: string): Set<string> {
  const classes = new Set(
    [...formulas.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names.split(" ")),
  );
  classes.add("katex"); // around what is drawn
  const families = new Set<string>();
  for (const [, selectors, family] of rules.matchAll(/([^{}]*)\{[^{}]*(KaTeX_\w+)[^{}]*\}/g)) {
    const isUsed = (selector: string) =>
      [...selector.matchAll(/\.([\w-]+)/g)].every(([, name]) => classes.has(name));
    if (selectors.split(",").some(isUsed)) families.add(family);
  }
  return families;
}

/** Puts the letters that are used into a `@font-face` rule, in place of its files. */
async function embedLetters(face: string, letters: string): Promise<string> {
  const file = new URL(face.match(/url\(([^)]*\.woff2)\)/)![1], styleSheet);
  const font = await subsetFont(await readFile(fileURLToPath(file)), letters, { targetFormat: "woff2" });
  return face.replace(
    /src:[^;}]*/,
    `src:url(data:font/woff2;base64,${font.toString("base64")}) format("woff2")`,
  );
}
