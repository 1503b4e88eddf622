import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPlainName } from "../../data/plain_name.ts";
import { ParameterError } from "../../errors.ts";

/** The folder that holds one folder of outputs for each profile. */
export const figuresFolder: string = fileURLToPath(new URL("../../../figures/", import.meta.url));

/**
 * Where outputs go below the folder of figures: a profile, or a profile and the name of a folder in it, such as
 * `Scientific/hiddenSize=64`.
 */
export type OutputPlace = string;

/**
 * Returns the place of outputs.
 *
 * @param out the name of a folder in the profile's; null, or `.`, for that itself
 * @throws {ParameterError} if a name is not plain
 */
export function outputPlace(profile: string, out: string | null = null): OutputPlace {
  checkPlainName("profile", profile);
  if (out === null || out === ".") return profile;
  if (/^\w[\w.,=+-]*$/.test(out) && out !== "notebooks") return `${profile}/${out}`;
  throw new ParameterError({
    where: "out",
    expected: "a plain name of unaccented letters, digits and . , = + _ -, or . for the profile's own folder",
    found: JSON.stringify(out),
    advice: "It names a folder below the profile's.",
  });
}

/** Returns the profile and the folder of a place. */
export function partsOfPlace(place: OutputPlace): { profile: string; out: string | null } {
  const [profile, ...rest] = place.split("/");
  return { profile, out: rest.length === 0 ? null : rest.join("/") };
}

/**
 * Returns the folder of outputs, in `root`.
 *
 * @throws {ParameterError} if profile or folder is not a plain name
 */
export function outputFolder(place: OutputPlace, root: string = figuresFolder): string {
  const { profile, out } = partsOfPlace(place);
  return join(root, outputPlace(profile, out));
}
