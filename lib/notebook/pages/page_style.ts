const fonts = `system-ui, -apple-system, "Segoe UI", "Source Sans 3", "Helvetica Neue", Arial, sans-serif`;
const fixed = `ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace`;

const light = `
  --ink: #1f2328; --paper: #fff; --soft: #57606a; --line: #d8dee4; --box: #f6f8fa; --link: #0067a3; --mark: #fff1f0;
  --comment: #57606a; --keyword: #a33c00; --string: #00664a; --number: #005a8c; --name: #6f3a86;`;
const dark = `
  --ink: #e4e7ea; --paper: #15181c; --soft: #a2abb5; --line: #3b434c; --box: #20252b; --link: #6cb6f5; --mark: #3a2220;
  --comment: #a2abb5; --keyword: #f0a070; --string: #7fd1a8; --number: #7cc0ef; --name: #d3a6e6;`;

/**
 * How every page looks: on a screen of any width, light or dark as the reader has it, and on paper, where nothing scrolls
 * and nothing stays folded.
 */
export const pageStyle = `
:root { color-scheme: light dark;${light} }
@media screen and (prefers-color-scheme: dark) { :root {${dark} } }
:root { color: var(--ink); background: var(--paper); font: 17px/1.6 ${fonts}; }
body { max-width: 58rem; margin: 2.5rem auto 6rem; padding: 0 1.5rem; overflow-wrap: break-word; }
nav { font-size: .88rem; margin-bottom: 1.5rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2.2em 0 .6em; }
h1 { font-size: 2rem; margin-top: 0; }
h2 { font-size: 1.4rem; padding-bottom: .25em; border-bottom: 1px solid var(--line); }
p, ul, ol, blockquote { max-width: 44rem; }
a { color: var(--link); }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid var(--line); color: var(--soft); }
code { font: .86em/1.5 ${fixed}; }
:not(pre) > code { background: var(--box); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
pre { font: .82rem/1.5 ${fixed}; margin: .6em 0; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.source { background: var(--box); border-radius: 6px; padding: .8em 1em; }
pre.error { background: var(--mark); border-left: 4px solid #d55e00; padding: .8em 1em; }
pre code { font: inherit; }
.label { margin: 0; font-size: .8rem; color: var(--soft); }
.failed { background: var(--mark); border-left: 4px solid #d55e00; padding: .2em 1em; }
.missing { background: var(--box); border-left: 4px solid var(--line); padding: .6em 1em; }
details { margin: .3em 0 1em; font-size: .9rem; }
summary { cursor: pointer; color: var(--soft); }
details.folded { margin: .8em 0; }
.output { margin: .8em 0; }
.output.done { margin: .15em 0; font-size: .82rem; color: var(--soft); }
figure { margin: 1.2em 0; }
figcaption { max-width: 44rem; color: var(--soft); font-size: .92rem; padding: .3em 0; }
figcaption b { color: var(--ink); }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.figure .scroll > img, .figure .scroll > svg { display: block; max-width: 100%; height: auto; background: #fff; border-radius: 4px; }
.picture { display: block; }
.picture > img { display: block; max-width: 100%; height: auto; background: #fff; border-radius: 4px; }
table { border-collapse: collapse; margin: .4em 0; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3em .8em; vertical-align: top; overflow-wrap: normal; }
th:not([align]), td:not([align]) { text-align: left; }
td[align="right"], td[style*="right"] { white-space: nowrap; }
thead th { border-top: 2px solid var(--ink); border-bottom: 1px solid var(--ink); }
tbody tr:last-child td { border-bottom: 2px solid var(--ink); }
tbody tr:hover { background: var(--box); }
.wide table { font-size: .78rem; }
.wide th, .wide td { padding: .3em .35em; }
progress { vertical-align: middle; }
.katex-display { overflow-x: auto; overflow-y: hidden; padding: .2em 0; }
.hljs-comment { color: var(--comment); font-style: italic; }
.hljs-keyword, .hljs-built_in, .hljs-literal { color: var(--keyword); }
.hljs-string, .hljs-regexp { color: var(--string); }
.hljs-number, .hljs-attr { color: var(--number); }
.hljs-title { color: var(--name); }
@media screen and (max-width: 46rem) {
  body { margin-top: 1.2rem; padding: 0 1rem; }
  h1 { font-size: 1.6rem; }
  table { font-size: .84rem; }
  th, td { padding: .3em .5em; }
  .scroll > table { width: max-content; max-width: 40rem; }
  /* letters stay readable: what is wider than the screen is moved in its box, its caption stays */
  .picture > img { max-width: none; min-width: 38rem; }
  .figure .scroll > img, .figure .scroll > svg { max-width: none !important; min-width: min(var(--width, 100%), 38rem); }
}
@media print {
  :root { color-scheme: light; font-size: 10.5pt; }
  body { max-width: none; margin: 0; padding: 0; }
  nav { display: none; }
  h1, h2, h3, h4, figcaption, summary { break-after: avoid; }
  .figure, tr { break-inside: avoid; }
  .scroll, .katex-display { overflow: visible; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  table { font-size: 8.5pt; }
  th, td { padding: .3em .5em; }
  td { overflow-wrap: break-word; }
  .wide table { font-size: 6.5pt; }
  .wide th, .wide td { padding: .2em .3em; }
  a { color: inherit; }
}
`;
