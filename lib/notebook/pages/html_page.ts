import { escapeHtml } from "../../figures/drawing/html.ts";
import { pageStyle } from "./page_style.ts";

/** What a page has beside its text. */
export interface PageOptions {
  /** Goes into the page after the style that all pages share. */
  style?: string;
  /** Links above the text: where to, and what it is called. */
  links?: readonly { path: string; text: string }[];
}

/** Writes a self-contained HTML page. */
export function htmlPage(title: string, body: string, { style = "", links = [] }: PageOptions = {}): string {
  const shown = links.map(({ path, text }) => `<a href="${escapeHtml(path)}">${escapeHtml(text)}</a>`);
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}${style}</style>
</head>
<body>
${links.length === 0 ? "" : `<nav aria-label="Pages">${shown.join(" · ")}</nav>\n`}<main>
${body}
</main>
</body>
</html>
`;
}
