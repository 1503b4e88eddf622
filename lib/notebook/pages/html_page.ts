import { escapeHtml } from "../../figures/drawing/html.ts";

const fonts = `system-ui, -apple-system, "Segoe UI", "Source Sans 3", "Helvetica Neue", Arial, sans-serif`;

const style = `
:root { color: #1f2328; background: #fff; font: 17px/1.6 ${fonts}; }
body { max-width: 58rem; margin: 2.5rem auto 6rem; padding: 0 1.5rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2.2em 0 .6em; }
h1 { font-size: 2rem; margin-top: 0; }
h2 { font-size: 1.4rem; padding-bottom: .25em; border-bottom: 1px solid #d8dee4; }
p, ul, ol, blockquote { max-width: 44rem; }
a { color: #0072b2; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid #d8dee4; color: #57606a; }
code { font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
:not(pre) > code { background: #f3f4f6; border-radius: 4px; padding: .1em .3em; }
pre { font: .82rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-x: auto;
  margin: .6em 0; max-height: 40rem; }
pre.source { background: #f6f8fa; border-radius: 6px; padding: .8em 1em; }
pre.error { background: #fff1f0; border-left: 4px solid #d55e00; padding: .8em 1em; }
pre code { font: inherit; }
.output pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.label { margin: 0; font-size: .8rem; color: #57606a; }
.failed { background: #fff1f0; border-left: 4px solid #d55e00; padding: .2em 1em; }
.missing { background: #f6f8fa; border-left: 4px solid #d8dee4; padding: .6em 1em; }
details { margin: .3em 0 1em; font-size: .9rem; }
.output, .prose { overflow-x: auto; }
.output { margin: .8em 0; }
.output img, .output svg, .figure img { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: 1em 0; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: #57606a; padding: .3em 0; }
th, td { padding: .3em .8em; vertical-align: top; }
th:not([align]), td:not([align]) { text-align: left; }
thead th { border-top: 2px solid #1f2328; border-bottom: 1px solid #1f2328; }
tbody tr:last-child td { border-bottom: 2px solid #1f2328; }
tbody tr:hover { background: #f6f8fa; }
.wide table { font-size: .78rem; }
.wide th, .wide td { padding: .3em .35em; }
@media (max-width: 62rem) {
  body { padding: 0 1rem; }
  table { font-size: .76rem; }
  th, td { padding: .3em .4em; }
  .wide table { font-size: .66rem; }
  .wide th, .wide td { padding: .3em .17em; }
}
progress { vertical-align: middle; }
.hljs-comment { color: #57606a; font-style: italic; }
.hljs-keyword, .hljs-built_in, .hljs-literal { color: #a33c00; }
.hljs-string, .hljs-regexp { color: #00664a; }
.hljs-number, .hljs-attr { color: #005a8c; }
.hljs-title { color: #6f3a86; }
`;

/** Writes a self-contained HTML page. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
