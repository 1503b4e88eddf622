import assert from "node:assert/strict";
import katex from "katex";
import { openSync } from "fontkit";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { formulaStyle } from "./formulas.ts";

const draw = (formula: string) => katex.renderToString(formula, { output: "htmlAndMathml" });
const facesOf = (style: string) =>
  [...style.matchAll(/@font-face\{[^}]*\}/g)].map(([face]) => ({
    family: face.match(/KaTeX_\w+/)![0],
    weight: face.match(/font-weight:(\d+)/)![1],
    italic: face.includes("italic"),
    font: Uint8Array.fromBase64(face.match(/base64,([^)]*)/)![1]),
  }));

Deno.test("a page without formulas needs no style for them", async () => {
  assert.equal(await formulaStyle("<p>katex-html costs 5 $</p>"), "");
});

Deno.test("the fonts that a formula asks for are in its style, and no others, with the letters that it has", () =>
  withTemporaryFolder(async (folder) => {
    const style = await formulaStyle(`<p>a ${draw("\\mathbf{v} < \\sum_i x_i'")}</p><span>ø</span>`);
    const faces = facesOf(style);
    assert.deepEqual(
      [...new Set(faces.map(({ family }) => family))].sort(),
      ["KaTeX_Main", "KaTeX_Math", "KaTeX_Size1"],
    );
    const hasLetter = async (family: string, weight: string, italic: boolean, letter: string) => {
      const face = faces.find((one) =>
        one.family === family && one.weight === weight && one.italic === italic
      )!;
      await Deno.writeFile(`${folder}/font.woff2`, face.font);
      return openSync(`${folder}/font.woff2`).hasGlyphForCodePoint(letter.codePointAt(0));
    };
    assert.ok(await hasLetter("KaTeX_Main", "700", false, "v"));
    assert.ok(await hasLetter("KaTeX_Math", "400", true, "x"));
    assert.ok(await hasLetter("KaTeX_Size1", "400", false, "∑"));
    assert.ok(await hasLetter("KaTeX_Main", "400", false, "<"));
    assert.ok(await hasLetter("KaTeX_Main", "400", false, "′"));
    assert.ok(!await hasLetter("KaTeX_Main", "400", false, "a")); // the prose has it
    assert.doesNotMatch(style, /url\((?!data:)/);
  }));
