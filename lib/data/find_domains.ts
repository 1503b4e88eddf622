import { ParameterError } from "../errors.ts";
import type { Domain } from "./domain.ts";
import { checkName, datasetNames, loadDomain, type Profile, type ProfileOptions } from "./profile.ts";

/**
 * Returns domains by their names: those of the profile, or data sets under the data root.
 *
 * @param where the parameter that names them, for messages
 * @throws {ParameterError} if none is named, one is named twice, or there is none of a name
 * @throws {DataError} if a data set's files are not what they should be
 * @example
 * ```ts
 * import { findDomains } from "./find_domains.ts";
 * import { loadProfile } from "./profile.ts";
 * import assert from "node:assert/strict";
 *
 * const [market] = await findDomains(await loadProfile("sample"), ["Market"], "dataset");
 * assert.equal(market.name, "Market");
 * ```
 */
export async function findDomains(
  profile: Profile,
  names: readonly string[],
  where: string,
  options: ProfileOptions = {},
): Promise<Domain[]> {
  const known = await knownNames(profile, names, options);
  if (names.length === 0 || new Set(names).size < names.length) {
    throw new ParameterError({
      where,
      expected: "one or more data sets, each once",
      found: names.join(", ") || "none",
      advice: `Choose from ${known.join(", ")}.`,
    });
  }
  for (const name of names) checkName(where, name, known, options);
  const own = [...profile.sources, ...profile.targets];
  return await Promise.all(
    names.map((wanted) => own.find(({ name }) => name === wanted) ?? loadDomain(wanted, null, options)),
  );
}

/**
 * Returns the domains to pre-train on: those that are named, else the profile's own.
 *
 * @param sourceNames the notebooks' parameter of this name; null takes the profile's own
 * @param targets what is to be kept for fine-tuning
 * @throws {ParameterError} if there is none, one is named twice or is a target, or there is none of a name
 * @throws {DataError} if a data set's files are not what they should be
 */
export async function findSources(
  profile: Profile,
  sourceNames: readonly string[] | null,
  targets: readonly Pick<Domain, "name">[],
  options: ProfileOptions = {},
): Promise<Domain[]> {
  const where = "sourceNames";
  const names = sourceNames ?? profile.sources.map(({ name }) => name);
  const isTarget = (name: string) => targets.some((target) => target.name === name);
  const others = (await knownNames(profile, names, options)).filter((name) => !isTarget(name));
  const both = names.filter(isTarget);
  if (names.length === 0 || both.length > 0) {
    throw new ParameterError({
      where,
      expected: "one or more data sets to pre-train on, other than the target",
      found: names.length === 0 ? "none" : `${both.join(", ")}, to which the results belong`,
      advice: others.length > 0
        ? `Choose from ${others.join(", ")}. For example --set '${where}=${JSON.stringify([others[0]])}'`
        : "Put another data set's folder beside the target's, and name it.",
    });
  }
  return await findDomains(profile, names, where, options);
}

async function knownNames(
  { sources, targets }: Profile,
  wanted: readonly string[],
  options: ProfileOptions,
): Promise<string[]> {
  const own = [...sources, ...targets].map(({ name }) => name);
  const others = await datasetNames(options).catch((error) => {
    // a data root that cannot be read matters only to those who want something from there
    if (wanted.length > 0 && wanted.every((name) => own.includes(name))) return [];
    throw error;
  });
  return [...new Set([...own, ...others])];
}
