import type { Page } from "playwright-core";

/** Tells whether there is a program that reads the text of PDF files (Debian: poppler-utils). */
export function canReadPdf(): boolean {
  try {
    return new Deno.Command("pdftotext", { args: ["-v"], stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

/**
 * Prints a page on paper and names the lines of code and the cells of tables that are not on it, and the words that reach
 * beyond its edge.
 *
 * @param path where the PDF goes
 */
export async function printFaults(page: Page, path: string): Promise<string[]> {
  const lines = await page.evaluate(
    `[...document.querySelectorAll("pre code, pre")].flatMap((code) => code.textContent.split("\\n"))`,
  ) as string[];
  // a formula's text stands in it three times, twice for readers of screens
  const cells = await page.evaluate(`[...document.querySelectorAll("main td, main th")].map((cell) => {
    const copy = cell.cloneNode(true);
    for (const formula of copy.querySelectorAll(".katex")) formula.remove();
    return copy.textContent;
  })`) as string[];
  await page.pdf({
    path,
    format: "A4",
    margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" },
  });
  const printed = squeeze(await readPdf(path, "-raw"));
  const lost = lines.filter((line) => !printed.includes(squeeze(line))).map((line) => `line lost: ${line}`);
  // the lines of neighbouring cells take turns: word by word
  const words = cells.flatMap((cell) => cell.split(/\s+/)).filter((word) => word !== "" && word.length <= 10);
  const lostWords = words.filter((word) => !printed.includes(squeeze(word))).map((word) =>
    `cell lost: ${word}`
  );
  return [...lost, ...lostWords, ...beyondEdge(await readPdf(path, "-bbox"))].slice(0, 10);
}

/** Lines are broken in print, and words of code where there is no other place. */
function squeeze(text: string): string {
  return text.replace(/[\s\u00ad]+/g, "");
}

function beyondEdge(boxes: string): string[] {
  const width = Number(boxes.match(/<page width="([\d.]+)"/)?.[1]);
  return [...boxes.matchAll(/<word [^>]*xMax="([\d.]+)"[^>]*>([^<]*)</g)]
    .filter(([, right]) => Number(right) > width).map(([, , word]) => `beyond the edge: ${word}`);
}

async function readPdf(path: string, option: string): Promise<string> {
  const { stdout } = await new Deno.Command("pdftotext", { args: [option, path, "-"] }).output();
  return new TextDecoder().decode(stdout);
}
