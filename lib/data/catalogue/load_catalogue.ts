import { ParameterError } from "../../errors.ts";
import type { ProfileOptions } from "../profile.ts";
import { writeDemoCatalogue } from "../sample/demo_catalogue.ts";
import { findCatalogue } from "./find_catalogue.ts";
import { type Catalogue, type CatalogueFiles, readCatalogue } from "./read_catalogue.ts";

/** A catalogue, and what it is called. */
export interface LoadedCatalogue extends Catalogue {
  name: string;
  /** Whether it is the demo shop, as no files were given. */
  isDemo: boolean;
}

/** What is loaded of a catalogue. */
export interface CatalogueOptions extends ProfileOptions {
  /** Paths of files elsewhere, both or none; null takes the profile's. */
  files: { [file in keyof CatalogueFiles]: string | null };
  /** Users and items with fewer interactions are not trained on. */
  core: number;
  /** Draws the demo shop. */
  seed: number;
}

/**
 * Loads the catalogue of a profile, or a small demo shop for `sample`.
 *
 * @throws {ParameterError} if the profile is a data set of another kind, or there is no such profile
 * @throws {DataError} if a file is missing or malformed, or nothing is left to train on
 */
export async function loadCatalogue(
  profile: string,
  { files, core, seed, ...options }: CatalogueOptions,
): Promise<LoadedCatalogue> {
  const own = await findCatalogue(profile, files, options);
  if (own) {
    const name = profile === "sample" ? "My shop" : profile;
    return { ...await readCatalogue(own, name, { core }), name, isDemo: false };
  }
  if (profile !== "sample") {
    throw new ParameterError({
      where: "profile",
      expected: "a folder that holds interactions.csv and items.csv",
      found: `${profile}, a data set of another kind`,
      advice: "The other notebooks read it; this one is for catalogues of your own (data/README.md).",
    });
  }
  const name = "Demo shop";
  const folder = await Deno.makeTempDir();
  try {
    const demo = await writeDemoCatalogue(folder, seed);
    return { ...await readCatalogue(demo, name, { core }), name, isDemo: true };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Tells whether a profile can be loaded as a catalogue; `sample` has its demo shop. */
export async function hasCatalogue(profile: string, options: ProfileOptions = {}): Promise<boolean> {
  return profile === "sample" ||
    await findCatalogue(profile, { interactions: null, items: null }, options) !== null;
}
