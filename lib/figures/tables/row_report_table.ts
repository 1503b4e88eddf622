import { basename } from "node:path";
import type { Catalogue } from "../../data/catalogue/read_catalogue.ts";
import { showingItself, type Table } from "../output/table.ts";

/** Makes a table of what became of each row of a catalogue's two files, from all rows to those that are trained on. */
export function rowReportTable({ domain, whole, core, reports }: Catalogue): Table {
  const files = Object.values(reports).map(({ path, encoding, rows, skipped }) => {
    const kept = skipped.reduce((left, skip) => left - skip.rows, rows);
    return [
      [encoding === "UTF-8" ? "all rows" : `all rows, read as ${encoding}`, rows],
      ...skipped.map((skip) => [`left out: ${skip.reason}`, skip.rows]),
      ["kept", kept],
    ].map((cells) => [basename(path), ...cells]);
  });
  const log = basename(reports.interactions.path);
  const trained = domain.sequences.items.length;
  return showingItself({
    caption: `What became of the rows of ${domain.name}`,
    columns: [
      { name: "file", heading: "File" },
      { name: "what", heading: "What" },
      { name: "rows", heading: "Rows" },
    ],
    rows: [
      ...files.flat(),
      [log, `of these, outside the ${core}-core: not trained on`, whole.sequences.items.length - trained],
      [log, "of these, trained on and measured", trained],
    ],
  });
}
