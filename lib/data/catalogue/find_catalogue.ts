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
  const found = await catalogueIn(folder, profile, options);
  if (typeof found !== "string") return found;
  throw new ParameterError({
    where: "profile",
    expected:
      `a folder with ${catalogueFileNames.interactions} and ${catalogueFileNames.items}, or with raw ` +
      "interactions and item texts",
    found: `${profile}, which holds ${found}: sequences without times`,
    advice: "Recommend from another profile; the other notebooks take this one.",
  });
}

/**
 * Tells whether a profile can be recommended from as a catalogue; `sample` has its demo shop.
 *
 * @throws {ParameterError} if there is no such profile
 * @throws {DataError} if the profile's folder holds no data set of any kind, such as half a catalogue
 */
export async function hasCatalogue(profile: string, options: ProfileOptions = {}): Promise<boolean> {
  const folder = await datasetFolder(profile, options);
  return folder === null || typeof await catalogueIn(folder, profile, options) !== "string";
}

/** Returns where the catalogue in a folder comes from, or the name of the format that is there instead. */
async function catalogueIn(
  folder: string,
  profile: string,
  { columns }: ProfileOptions,
): Promise<CatalogueSource | string> {
  const own: CatalogueFiles = {
    interactions: join(folder, catalogueFileNames.interactions),
    items: join(folder, catalogueFileNames.items),
  };
  // they count also beside files of another kind, as which the other notebooks then read the folder
  if (await exists(own.interactions) && await exists(own.items)) return own;
  const { format, found } = await findFormat(folder, profile, columns ?? undefined);
  return "readRaw" in found ? found : format.name;
}
