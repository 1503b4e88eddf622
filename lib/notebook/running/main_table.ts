import { join } from "node:path";
import { outputFolder, type OutputPlace } from "../../figures/output/place.ts";
import { markdownAsText } from "../../figures/output/table_text.ts";

/** The saved table that each notebook is about. */
const mainTables: Readonly<Record<string, string>> = {
  "01-datasets": "table-2",
  "02-text-encoding": "table-isotropy",
  "03-pretraining": "table-pretraining",
  "04-fine-tuning": "table-fine-tuning",
  "05-comparison": "table-3",
  "06-pretraining-domains": "table-figure-2",
  "07-ablations": "table-figure-3",
  "08-long-tail": "table-figure-4",
  "09-case-study": "table-case-study",
  "10-your-own-data": "table-own-data-quality",
};

/**
 * Returns the table that a notebook is about as text, or null where it has saved none.
 *
 * @param notebook its name
 * @param width letters in a line of the terminal
 */
export async function mainTable(
  notebook: string,
  place: OutputPlace,
  width: number,
  root?: string,
): Promise<string | null> {
  const name = mainTables[notebook];
  if (!name) return null;
  try {
    const markdown = await Deno.readTextFile(join(outputFolder(place, root), `${name}.md`));
    return markdownAsText(markdown, width);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Returns how many letters a line has, where the output is a terminal; no limit elsewhere. */
export function terminalWidth(): number {
  return Deno.stdout.isTerminal() ? Deno.consoleSize().columns : Infinity;
}
