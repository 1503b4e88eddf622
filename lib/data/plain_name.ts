import { ParameterError } from "../errors.ts";

/**
 * Checks that a profile's name can name a folder of outputs on any computer, and stand in a link to one.
 *
 * @param where the parameter or the folder that has the name
 * @throws {ParameterError} if it cannot
 */
export function checkPlainName(where: string, profile: string): void {
  if (/^\w[\w.-]*$/.test(profile)) return;
  throw new ParameterError({
    where,
    expected: "a plain name of unaccented letters, digits, '.', '_' and '-'",
    found: JSON.stringify(profile),
    advice: "Choose such a name: rename the data set's folder, and files in it that begin with its name.",
  });
}
