import { join } from "node:path";
import { exists } from "../files.ts";
import { datasetFolder, type ProfileOptions } from "../profile.ts";
import { catalogueFileNames, type CatalogueFiles } from "./read_catalogue.ts";

/**
 * Returns the two files of a profile's catalogue, or null if the profile is no catalogue of one's own.
 *
 * @throws {ParameterError} if there is no such profile
 */
export async function findCatalogue(
  profile: string,
  options: ProfileOptions = {},
): Promise<CatalogueFiles | null> {
  const folder = await datasetFolder(profile, options);
  if (folder === null) return null;
  const files: CatalogueFiles = {
    interactions: join(folder, catalogueFileNames.interactions),
    items: join(folder, catalogueFileNames.items),
  };
  return await exists(files.interactions) && await exists(files.items) ? files : null;
}
