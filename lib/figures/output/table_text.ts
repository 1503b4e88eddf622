import { printable } from "../../printable.ts";
import { type Table, toMarkdown } from "./table.ts";

/**
 * Writes a table as text for a terminal: columns in line, numbers to the right.
 *
 * A table that is too wide is turned around, if that makes it narrower.
 *
 * @param width letters in a line of the terminal; none sets no limit
 */
export function toText(table: Table, width = Infinity): string {
  return markdownAsText(toMarkdown(table), width);
}

/**
 * Writes a table that was saved as Markdown as text for a terminal; see `toText`.
 *
 * @param markdown as `toMarkdown` writes it: caption, headings, ruler, rows
 */
export function markdownAsText(markdown: string, width = Infinity): string {
  const lines = markdown.split("\n");
  const isRow = (line: string) => line.startsWith("| ");
  const caption = lines.filter((line) => line !== "" && !isRow(line)).map(plain).join(" ");
  const [headings, ruler, ...rows] = lines.filter(isRow).map(cellsOf);
  if (!headings) return caption + "\n";
  const rightAligned = ruler.map((rule) => rule.endsWith(":"));
  const upright = align([headings, ...rows], (_, column) => rightAligned[column]);
  const turned = headings.map((heading, column) => [heading, ...rows.map((row) => row[column])]);
  const aside = align(turned, (row, column) => column > 0 && rightAligned[row]);
  const widest = (text: string[]) => Math.max(...text.map(lengthOf));
  const table = widest(upright) > width && widest(aside) < widest(upright) ? aside : upright;
  return `${caption}\n\n${table.join("\n")}\n`;
}

function cellsOf(line: string): string[] {
  return line.slice(2, line.lastIndexOf(" |")).split(/(?<!\\) \| /).map(plain);
}

/** Takes off what marks the best in Markdown, and what protects letters there. */
function plain(text: string): string {
  const unmarked = text.replace(/^\*\*(.*)\*\*$/, "$1").replace(/^<u>(.*)<\/u>$/, "$1");
  return printable(unmarked.replace(/\\([\\`*_[|~$<@&:.#>+\-=)])/g, "$1").trim());
}

function align(cells: string[][], isRight: (row: number, column: number) => boolean): string[] {
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => lengthOf(row[column]))));
  return cells.map((row, at) =>
    row.map((cell, column) => {
      const space = " ".repeat(widths[column] - lengthOf(cell));
      return isRight(at, column) ? space + cell : cell + space;
    }).join("  ").trimEnd()
  );
}

function lengthOf(text: string): number {
  return [...text].length;
}
