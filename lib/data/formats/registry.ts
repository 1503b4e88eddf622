import { DataError } from "../../errors.ts";
import type { ColumnMapping } from "../reading/columns.ts";
import { amazon } from "./amazon.ts";
import { catalogue } from "./catalogue.ts";
import { checkIns } from "./check_ins.ts";
import { type Format, type Found, openFolder } from "./format.ts";
import { movieLens } from "./movielens.ts";
import { onlineRetail } from "./online_retail.ts";
import { processed } from "./processed.ts";
import { recBole } from "./recbole.ts";
import { steam } from "./steam.ts";
import { table } from "./table.ts";
import { yelp } from "./yelp.ts";

/** All formats; the first one that finds its files in a folder reads it. */
export const formats: readonly Format[] = [
  processed,
  recBole,
  onlineRetail,
  catalogue,
  amazon,
  movieLens,
  yelp,
  steam,
  checkIns,
  table,
];

/**
 * Tells the format of the data set in a folder by its files.
 *
 * @param name the data set's name
 * @param columns which columns of one's own tables are what
 * @throws {DataError} if they are of none
 */
export async function findFormat(
  path: string,
  name: string,
  columns?: ColumnMapping,
): Promise<{ format: Format; found: Found }> {
  const folder = await openFolder(path, name, columns);
  for (const format of formats) {
    const found = await format.find(folder);
    if (found !== null) return { format, found };
  }
  throw new DataError({
    where: path,
    expected: formats.map(({ files }) => files.replaceAll("X.", `${name}.`)).join("; or "),
    found: folder.files.length === 0 ? "no file" : folder.files.join(", "),
    advice: "data/README.md says what belongs there, and shows an example of each.",
  });
}
