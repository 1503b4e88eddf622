import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { renderDocument } from "./render_document.ts";

const markdown = `# The _title_

<!-- not to be seen -->

![A picture](figures/a.svg)

| a |
| - |
| 1 |

## What is [not](data/README.md#known)?

\`\`\`ts
const a = 1;
\`\`\`
`;

Deno.test("a document becomes a page with anchors as GitHub has them, and its links lead where the site has them", () => {
  const page = new DOMParser().parseFromString(
    renderDocument(markdown, (target) => `x/${target}`),
    "text/html",
  );
  assert.equal(page.querySelector("title")!.textContent, "The title");
  assert.equal(page.querySelector("h2")!.id, "what-is-not");
  assert.equal(page.querySelector("a")!.getAttribute("href"), "x/data/README.md#known");
  assert.equal(page.querySelector("img")!.getAttribute("src"), "x/figures/a.svg");
  assert.equal(page.querySelectorAll(".scroll > table").length, 1);
  assert.equal(page.querySelectorAll(".hljs-keyword").length, 1);
  assert.doesNotMatch(page.body.textContent, /not to be seen/);
});
