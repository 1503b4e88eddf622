import { outputPlace } from "./place.ts";
import { type Numbers, saveFigure, saveNumbers, saveTable } from "./save.ts";
import type { Table } from "./table.ts";

/** What a notebook shows, to be saved. */
export interface NotebookOutputs extends Omit<Numbers, "numbers"> {
  profile: string;
  /** The name of a folder in the profile's, null for that itself. */
  out: string | null;
  /** The notebook's name. */
  notebook: string;
  /** By the names of their files, such as `table-2`. */
  tables?: Readonly<Record<string, Table>>;
  /** As SVG, by the names of their files, such as `figure-2`. */
  figures?: Readonly<Record<string, string>>;
  numbers: NumberTree;
}

/** Numbers by what they are of, level by level: saved under names such as `Scientific/SASRec/NDCG@10`. */
export type NumberTree = { readonly [name: string]: number | null | NumberTree };

/**
 * Saves what a notebook shows: tables, figures, and every number with seed and settings.
 *
 * @throws {ParameterError} if a number is NaN or infinite, or a name is not plain
 */
export async function saveOutputs(
  { profile, out, notebook, tables = {}, figures = {}, seed, settings, numbers }: NotebookOutputs,
  root?: string,
): Promise<void> {
  const place = outputPlace(profile, out);
  for (const [name, table] of Object.entries(tables)) await saveTable(place, name, table, root);
  for (const [name, svg] of Object.entries(figures)) await saveFigure(place, name, svg, root);
  const known = Object.fromEntries(Object.entries(settings).filter(([, value]) => (value ?? null) !== null));
  await saveNumbers(place, notebook, { seed, settings: known, numbers: flatten(numbers) }, root);
  console.log(`Saved in figures/${place}`);
}

function flatten(numbers: NumberTree): Numbers["numbers"] {
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, value]) =>
      value === null || typeof value === "number"
        ? [[name, value]]
        : Object.entries(flatten(value)).map(([inner, value]) => [`${name}/${inner}`, value])
    ),
  );
}
