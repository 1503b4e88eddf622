import type { Domain } from "./domain.ts";
import { loadDomain, type Profile, type ProfileOptions } from "./profile.ts";

/**
 * Returns domains by their names: those of the profile, or data sets under the data root.
 *
 * @throws {ParameterError} if there is none of a name
 * @throws {DataError} if a data set's files are not what they should be
 * @example
 * ```ts
 * import { findDomains } from "./find_domains.ts";
 * import { loadProfile } from "./profile.ts";
 * import assert from "node:assert/strict";
 *
 * const [market] = await findDomains(await loadProfile("sample"), ["Market"]);
 * assert.equal(market.name, "Market");
 * ```
 */
export async function findDomains(
  { sources, targets }: Profile,
  names: readonly string[],
  options: ProfileOptions = {},
): Promise<Domain[]> {
  const own = [...sources, ...targets];
  return await Promise.all(
    names.map((wanted) => own.find(({ name }) => name === wanted) ?? loadDomain(wanted, undefined, options)),
  );
}
