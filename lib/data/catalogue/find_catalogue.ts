import { join } from "node:path";
import { ParameterError } from "../../errors.ts";
import { datasetKind } from "../dataset_kind.ts";
import { exists } from "../files.ts";
import { checkPlainName } from "../plain_name.ts";
import { datasetFolder, type ProfileOptions } from "../profile.ts";
import { catalogueFileNames, type CatalogueFiles } from "./read_catalogue.ts";

/**
 * Returns the two files of a catalogue: those that are given, else those in the profile's folder, or null for `sample`
 * and for a data set of another kind.
 *
 * @param given paths of the files, both or none
 * @throws {ParameterError} if only one path is given, the profile's name is not plain, or there is no such profile
 * @throws {DataError} if the profile's folder holds no data set of any kind, such as half a catalogue
 */
export async function findCatalogue(
  profile: string,
  given: { [file in keyof CatalogueFiles]: string | null },
  options: ProfileOptions = {},
): Promise<CatalogueFiles | null> {
  const { interactions, items } = given;
  if (interactions !== null && items !== null) {
    checkPlainName("profile", profile); // no folder of data need have it, but one of outputs gets it
    return { interactions, items };
  }
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
  // they count also beside files of another kind, as which the other notebooks then read the folder
  if (await exists(own.interactions) && await exists(own.items)) return own;
  await datasetKind(folder, profile);
  return null;
}
