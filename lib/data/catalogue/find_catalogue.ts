import { join } from "node:path";
import { ParameterError } from "../../errors.ts";
import { exists } from "../files.ts";
import { datasetFolder, type ProfileOptions } from "../profile.ts";
import { catalogueFileNames, type CatalogueFiles } from "./read_catalogue.ts";

/**
 * Returns the two files of a catalogue: those that are given, else those in the profile's folder, or null if it has none.
 *
 * @param given paths of the files, both or none
 * @throws {ParameterError} if only one path is given, or there is no such profile
 */
export async function findCatalogue(
  profile: string,
  given: { [file in keyof CatalogueFiles]: string | null },
  options: ProfileOptions = {},
): Promise<CatalogueFiles | null> {
  const { interactions, items } = given;
  if (interactions !== null && items !== null) return { interactions, items };
  if (interactions !== null || items !== null) {
    throw new ParameterError({
      where: interactions === null ? "interactionsFile" : "itemsFile",
      expected: "the path of a CSV file, as the other file is given",
      found: "null",
      advice: "Give both files, or neither.",
    });
  }
  const folder = await datasetFolder(profile, options);
  if (folder === null) return null;
  const own: CatalogueFiles = {
    interactions: join(folder, catalogueFileNames.interactions),
    items: join(folder, catalogueFileNames.items),
  };
  return await exists(own.interactions) && await exists(own.items) ? own : null;
}
