import { type Cell, joinLines } from "./notebook_file.ts";

/**
 * Returns for each code cell of a notebook the section heading that it stands under, in plain text; where several stand
 * under one, they are counted.
 *
 * @example
 * ```ts
 * import { headingsOfCode } from "./headings.ts";
 * import assert from "node:assert/strict";
 *
 * const code = { cell_type: "code" as const, metadata: {}, source: "1 + 1" };
 * const text = { cell_type: "markdown" as const, metadata: {}, source: "## _Data_\n\nWhat there is." };
 * assert.deepEqual(headingsOfCode([code, text, code, code]), ["", "Data (1 of 2)", "Data (2 of 2)"]);
 * ```
 */
export function headingsOfCode(cells: readonly Cell[]): string[] {
  let section = 0;
  let heading = "";
  const sections: { section: number; heading: string }[] = [];
  for (const { cell_type, source } of cells) {
    if (cell_type === "code") sections.push({ section, heading });
    if (cell_type !== "markdown") continue;
    const own = lastHeading(joinLines(source));
    if (own === null) continue;
    heading = own;
    section++;
  }
  const counted = new Map<number, number>();
  return sections.map(({ section, heading }) => {
    const of = sections.filter((other) => other.section === section).length;
    const at = (counted.get(section) ?? 0) + 1;
    counted.set(section, at);
    return of === 1 || heading === "" ? heading : `${heading} (${at} of ${of})`;
  });
}

/** Returns the last heading of a Markdown text, without its marks; null if there is none. */
function lastHeading(markdown: string): string | null {
  const withoutCode = markdown.replace(/^(```|~~~)[^]*?^\1/gm, "");
  const found = [...withoutCode.matchAll(/^#{1,6}[ \t]+(.+?)[ \t]*#*$/gm)].at(-1);
  return found ? found[1].replace(/[`*]|\b_|_\b/g, "") : null;
}
