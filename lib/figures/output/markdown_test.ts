import assert from "node:assert/strict";
import { escapeMarkdown } from "./markdown.ts";

Deno.test("what Markdown, HTML or maths would take as theirs is escaped, in a line or at its start", () => {
  const written = {
    "<img src=x onerror=alert(1)>": "\\<img src=x onerror=alert(1)>",
    "5 * 3 ~ `a` | $x$ \\": "5 \\* 3 \\~ \\`a\\` \\| \\$x\\$ \\\\",
    "[click](https://www.a.b)": "\\[click](https\\://www\\.a.b)",
    "AT&T &amp; &#60;": "AT&T \\&amp; \\&#60;",
    "A_1 _b_": "A_1 \\_b\\_",
    "1. first": "1\\. first",
    "# title": "\\# title",
    "- 5": "\\- 5",
    "> said": "\\> said",
    "a\n\n# b": "a # b",
  };
  for (const [text, markdown] of Object.entries(written)) assert.equal(escapeMarkdown(text), markdown);
});

Deno.test("numbers stay as they are", () => {
  for (const text of ["-0.25", "1,234.5", "+3", "0.05", "–"]) assert.equal(escapeMarkdown(text), text);
});
