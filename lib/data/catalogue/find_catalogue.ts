import { join } from "node:path";
import { ParameterError } from "../../errors.ts";
import { findFormat } from "../formats/registry.ts";
import { exists } from "../files.ts";
import { checkPlainName } from "../plain_name.ts";
import { datasetFolder, type ProfileOptions } from "../profile.ts";
import { catalogueFileNames, type CatalogueFiles, type CatalogueSource } from "./read_catalogue.ts";

/**
 * Returns where a catalogue comes from: the two files that are given, else those in the profile's folder, else its raw
 * files of another format; null for `sample`.
 *
 * @param given paths of the files, both or none
 * @throws {ParameterError} if only one path is given, the profile's name is not plain, there is no such profile, or its
 *   data set cannot be recommended from
 * @throws {DataError} if the profile's folder holds no data set of any kind, such as half a catalogue
 */
export async function findCatalogue(
  profile: string,
  given: { [file in keyof CatalogueFiles]: string | null },
  options: ProfileOptions = {},
): Promise<CatalogueSource | null> {
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
  const { format, found } = await findFormat(folder, profile, options.columns ?? undefined);
  if ("readRaw" in found) return found;
  throw new ParameterError({
    where: "profile",
    expected: `a folder with ${own.interactions} and ${own.items}, or with raw interactions and item texts`,
    found: `${profile}, which holds ${format.name}: sequences without times`,
    advice: "Recommend from another profile; the other notebooks take this one.",
  });
}
