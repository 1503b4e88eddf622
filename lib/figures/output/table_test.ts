import assert from "node:assert/strict";
import fc from "fast-check";
import { DOMParser } from "linkedom";
import { formatCell, type Table, toCsv, toHtml, toLatex, toMarkdown, toTypst } from "./table.ts";

const table: Table = {
  caption: "Results & more",
  columns: [{ name: "model", heading: "Model" }, { name: "users", heading: "#Users" }, {
    name: "ndcg",
    heading: "NDCG@10",
    digits: 4,
  }],
  rows: [["SASRec | 64", 8442, 0.055349], ['"w/o", PW_1', 59427, null]],
};

Deno.test("CSV quotes what must be quoted and keeps every digit", () => {
  assert.equal(toCsv(table), 'model,users,ndcg\nSASRec | 64,8442,0.055349\n"""w/o"", PW_1",59427,\n');
});

Deno.test("Markdown rounds, aligns numbers to the right and escapes bars", () => {
  assert.equal(
    toMarkdown(table),
    "Results & more\n\n| Model | #Users | NDCG@10 |\n| --- | ---: | ---: |\n" +
      '| SASRec \\| 64 | 8,442 | 0.0553 |\n| "w/o", PW_1 | 59,427 | – |\n',
  );
});

Deno.test("LaTeX uses booktabs and escapes its special characters", () => {
  const latex = toLatex(table, "table-2");
  for (const part of ["\\caption{Results \\& more}", "{lrr}", "Model & \\#Users", "PW\\_1 & 59,427 & --"]) {
    assert.ok(latex.includes(part), part);
  }
  assert.match(latex, /\\toprule[^]*\\midrule[^]*\\bottomrule/);
});

Deno.test("in LaTeX no line begins with what the command before it takes as its argument", () => {
  const column = { name: "group", heading: "[1, 5)" };
  const latex = toLatex({
    caption: "",
    columns: [column],
    rows: [["[5, 9)"], ["* best"], [" [9"], ["a [b]"]],
  }, "table-a");
  for (const line of ["{}[1, 5) ", "{}[5, 9) ", "{}* best ", "{} [9 ", "a [b] "]) {
    assert.ok(latex.includes(`\n${line}\\\\\n`), line);
  }
});

Deno.test("LaTeX numbers captions itself, and is told what it needs", () => {
  const captionOf = (caption: string) =>
    toLatex({ caption, columns: [], rows: [] }, "table-a").match(/caption\{(.*)\}/)?.[1];
  assert.equal(captionOf("Table 3: test items"), "Test items");
  assert.equal(captionOf("Figure 4: the long tail"), "The long tail");
  assert.equal(captionOf("The items of Table 3: all"), "The items of Table 3: all");
  assert.match(
    toLatex({ caption: "✓", columns: [], rows: [] }, "table-a"),
    /^% needs .*pifont.*\n\\begin\{table\}/,
  );
});

Deno.test("any text comes back from HTML as it went in", () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => {
    const document = new DOMParser().parseFromString(toHtml({ ...table, rows: [[text, 1, 2]] }), "text/html");
    assert.equal(document.querySelector("td")?.textContent, text);
    assert.equal(document.querySelectorAll("td").length, 3);
  }));
});

Deno.test("HTML says of every column to which side it is set, as front ends differ in what they take else", () => {
  const document = new DOMParser().parseFromString(toHtml(table), "text/html");
  for (const tag of ["th", "td"]) {
    const styles = [...document.querySelectorAll(tag)].slice(0, 3).map((cell) => cell.getAttribute("style"));
    assert.deepEqual(styles, ["text-align:left", "text-align:right", "text-align:right"]);
  }
});

Deno.test("cells are written with thousands apart and the decimals asked for", () => {
  assert.equal(formatCell(1361408, 0), "1,361,408");
  assert.equal(formatCell(7.03945, 2), "7.04");
  assert.equal(formatCell(null, 2), "–");
});

Deno.test("a minus is a minus, nothing has no sign, and a small p is not 0", () => {
  assert.equal(formatCell(-1234.5, 1), "−1,234.5");
  assert.equal(formatCell(-0.00004, 4), "0.0000");
  assert.equal(formatCell(0.00004, 3, true), "< 0.001");
  assert.equal(formatCell(0.0432, 3, true), "0.043");
  const columns = [{ name: "p", heading: "p", digits: 3, isP: true }];
  assert.match(toMarkdown({ caption: "", columns, rows: [[1e-9]] }), /^\| < 0\.001 \|$/m);
  assert.equal(toCsv({ caption: "", columns, rows: [[-1e-9]] }), "p\n-1e-9\n");
});

Deno.test("LaTeX and Typst have a label to refer to", () => {
  assert.match(toLatex(table, "table-2"), /\\caption\{Results \\& more\}\n\\label\{tab:2\}/);
  assert.match(toTypst(table, "table-case-study"), /\n\) <tab:case-study>\n$/);
});

Deno.test("Typst has every cell as text, numbers to the right, and marks what stands out", () => {
  const typst = toTypst({
    caption: "Table 2: the # of *users*",
    columns: [{ name: "a", heading: 'a "b" \\' }, { name: "b", heading: "b", digits: 1 }],
    rows: [["= 1\n$x$", { value: -0.5, mark: "best", note: "*" }]],
  }, "table-2");
  assert.equal(
    typst,
    `#figure(
  table(
    columns: 2,
    align: (left, right,),
    stroke: none,
    table.hline(),
    table.header("a \\"b\\" \\\\", "b"),
    table.hline(stroke: 0.5pt),
    "= 1 $x$", strong("−0.5*"),
    table.hline(),
  ),
  caption: "The # of *users*",
) <tab:2>
`,
  );
});

Deno.test("marked numbers stand out for readers and are plain numbers for programs", () => {
  const marked: Table = {
    caption: "Marks",
    columns: [{ name: "a", heading: "a_1", digits: 2 }, { name: "b", heading: "b", digits: 2 }],
    rows: [[{ value: 0.5, mark: "best", note: "*" }, { value: 0.25, mark: "second", note: "" }]],
  };
  assert.match(toMarkdown(marked), /\| \*\*0\.50\\\*\*\* \| <u>0\.25<\/u> \|/);
  assert.match(toLatex(marked, "table-a"), /\\textbf\{0\.50\*\} & \\underline\{0\.25\} \\\\/);
  assert.match(toLatex(marked, "table-a"), /a\\_1/);
  assert.match(toHtml(marked), /<b>0\.50\*<\/b>.*<u>0\.25<\/u>/);
  assert.equal(toCsv(marked), "a,b\n0.5,0.25\n");
});

/** Returns the single cell of a CSV file that has no other. */
const csvCell = (cell: string) =>
  toCsv({ caption: "", columns: [{ name: "a", heading: "a" }], rows: [[cell]] }).slice(2, -1);

Deno.test("no text in CSV is computed by a spreadsheet; numbers and other texts stay", () => {
  for (const text of ["=1+1", "+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "－1", "-"]) {
    assert.equal(csvCell(text), `'${text}`);
  }
  assert.equal(csvCell('=HYPERLINK("x")'), `"'=HYPERLINK(""x"")"`);
  assert.equal(csvCell("\r=1"), `"'\n=1"`);
  for (const text of ["-5", "+4.25", "a=b", "'quoted'", "UniSRec t+ID", ""]) {
    assert.equal(csvCell(text), text);
  }
  assert.equal(csvCell("'=1"), "''=1");
  assert.equal(toCsv({ caption: "", columns: [{ name: "a", heading: "a" }], rows: [[-0.5]] }), "a\n-0.5\n");
});

Deno.test("no table passes control characters on", () => {
  const hostile = { caption: "", columns: [{ name: "a", heading: "a" }], rows: [["a\x1b[31mb\0\x9b\ufffe"]] };
  for (const write of [toCsv, toMarkdown, toLatex, toTypst, toHtml]) {
    assert.match(write(hostile, "table-a"), /a\ufffd\\?\[31mb\ufffd\ufffd\ufffd/);
  }
});

Deno.test("CSV holds a table's long form", () => {
  const long = { columns: [{ name: "value", heading: "value" }], rows: [[1], [2]] };
  assert.equal(toCsv({ caption: "", columns: [], rows: [], long }), "value\n1\n2\n");
});
