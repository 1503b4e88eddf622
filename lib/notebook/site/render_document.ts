import { Marked, type Tokens } from "marked";
import { gfmHeadingId } from "marked-gfm-heading-id";
import { escapeHtml } from "../../figures/drawing/html.ts";
import { boxTables } from "../pages/boxes.ts";
import { htmlPage, type PageOptions } from "../pages/html_page.ts";
import { highlightCode } from "../pages/render_html.ts";

/**
 * Writes a document of the project, in Markdown, as a page of the site.
 *
 * HTML comments are left out; what else is HTML stays, as the documents are our own.
 *
 * @param link returns where each link and image leads on the site
 */
export function renderDocument(
  markdown: string,
  link: (target: string) => string,
  options: PageOptions = {},
): string {
  let title = "UniSRec";
  const marked = new Marked(gfmHeadingId(), {
    renderer: {
      code: ({ text, lang }) => highlightCode(text, lang),
      image: ({ href, text }) =>
        `<span class="picture scroll" role="group" tabindex="0" aria-label="${escapeHtml(text)}">` +
        `<img alt="${escapeHtml(text)}" src="${escapeHtml(href)}"></span>`,
      html: ({ text }) => text.replace(/<!--[^]*?-->/g, ""),
    },
    walkTokens(token) {
      if (token.type === "link" || token.type === "image") token.href = link(token.href);
      if (token.type === "heading" && (token as Tokens.Heading).depth === 1) title = token.text;
    },
  });
  const body = boxTables(marked.parse(markdown, { async: false }));
  return htmlPage(title.replace(/[*_`]/g, ""), body, options);
}
