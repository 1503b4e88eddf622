import { join } from "node:path";
import * as v from "valibot";
import { lockFile } from "../../file_lock.ts";
import { makeFolder, writeFileAtomically } from "../../write_file.ts";
import { type JsonObject, toJson } from "../../json.ts";
import { printable } from "../../printable.ts";
import { exactly, finiteNumber, jsonObject, parseJson, recordOf } from "../../schema.ts";
import { embedFont, missingLetters, svgToPdf, svgToPng } from "./export.ts";
import { figuresFolder, outputFolder, type OutputPlace } from "./place.ts";
import { type Table, toCsv, toLatex, toMarkdown, toTypst } from "./table.ts";

/** Saves a table as `<name>.csv`, `.md`, `.tex` for LaTeX and `.typ` for Typst. */
export async function saveTable(
  place: OutputPlace,
  name: string,
  table: Table,
  root?: string,
): Promise<void> {
  const path = await outputPath(place, name, root);
  await writeFileAtomically(`${path}.csv`, toCsv(table));
  await writeFileAtomically(`${path}.md`, toMarkdown(table));
  await writeFileAtomically(`${path}.tex`, toLatex(table, name));
  await writeFileAtomically(`${path}.typ`, toTypst(table, name));
}

/** Saves a figure as `<name>.svg`, `.png` and `.pdf`; warns of letters that the last two cannot show. */
export async function saveFigure(
  place: OutputPlace,
  name: string,
  svg: string,
  root?: string,
): Promise<void> {
  const path = await outputPath(place, name, root);
  const missing = missingLetters(printable(svg));
  if (missing.length > 0) {
    console.warn(
      `${name}: the figures' font has no ${
        missing.join(" ")
      }, so that ${name}.png and ${name}.pdf show empty boxes there; ` +
        `use ${name}.svg, which takes such letters from the fonts of the machine it is opened on.`,
    );
  }
  await writeFileAtomically(`${path}.svg`, await embedFont(svg));
  await writeFileAtomically(`${path}.png`, [svgToPng(svg)]);
  await writeFileAtomically(`${path}.pdf`, [await svgToPdf(svg)]);
}

/** Every number that a notebook shows, with the seed and the settings it was made with. */
export interface Numbers {
  /** Null where nothing was drawn. */
  seed: number | null;
  settings: Record<string, unknown>;
  /** By a name that says what it is, for example `"Scientific/SASRec/NDCG@10"`. */
  numbers: Record<string, number | null>;
}

const numbersFile = recordOf<Numbers>(exactly({
  seed: v.nullable(finiteNumber),
  settings: jsonObject,
  numbers: recordOf(v.nullable(finiteNumber)),
}));

/**
 * Saves a notebook's numbers in `numbers.json`, in place of its earlier ones.
 *
 * @throws {ParameterError} if a number is NaN or infinite; one that is not known is null
 * @throws {DataError} if `numbers.json` is damaged
 */
export async function saveNumbers(
  place: OutputPlace,
  notebook: string,
  numbers: Numbers,
  root?: string,
): Promise<void> {
  const path = await outputPath(place, "numbers.json", root);
  // two notebooks that end together would lose one's numbers: the second waits until the first is done
  using _lock = await lockFile(join(root ?? figuresFolder, ".lock"));
  const all = { ...await readNumbers(place, root), [notebook]: numbers };
  await writeFileAtomically(path, toJson(sortKeys(all) as JsonObject, path, 2) + "\n");
}

/**
 * Reads every notebook's numbers of a place.
 *
 * @throws {DataError} if `numbers.json` is damaged
 */
export async function readNumbers(place: OutputPlace, root?: string): Promise<Record<string, Numbers>> {
  const path = join(outputFolder(place, root), "numbers.json");
  let text;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
  return parseJson(numbersFile, text, path, "Delete the file: the notebooks write it anew.");
}

async function outputPath(place: OutputPlace, name: string, root?: string): Promise<string> {
  const folder = outputFolder(place, root);
  await makeFolder(folder);
  return join(folder, name);
}

/** Equal numbers give equal files, whatever the order in which they were made. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
