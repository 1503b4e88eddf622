import type { Domain, FeatureTable } from "../data/domain.ts";
import { DataError } from "../errors.ts";
import { offlineEncoder } from "./offline_encoder.ts";

/**
 * Says whether one model can read what two text encoders make.
 *
 * Of features that came in a file nobody knows the encoder: they may be any BERT's, but they are not the offline
 * encoder's, whose vectors mean something else in the same width.
 *
 * @param one name of an encoder; undefined or null where it is not known
 * @example
 * ```ts
 * import { areOneEncoder } from "./one_encoder.ts";
 * import assert from "node:assert/strict";
 *
 * assert.ok(areOneEncoder("language model 1f3870be274f", undefined));
 * assert.ok(!areOneEncoder("offline", undefined));
 * ```
 */
export function areOneEncoder(one?: string | null, other?: string | null): boolean {
  if (one && other) return one === other;
  return (one ?? other) !== offlineEncoder;
}

/**
 * Checks that one model can read the features of all domains; those without any are passed over.
 *
 * @throws {DataError} that names the first domain whose features are of another width or encoder than those before it
 */
export function checkOneEncoder(domains: readonly Pick<Domain, "name" | "features">[]): void {
  const read = domains.flatMap(({ name, features }) => features ? { name, features } : []);
  for (const [i, { name, features }] of read.entries()) {
    for (const earlier of read.slice(0, i)) {
      if (features.width !== earlier.features.width) {
        throw new DataError({
          where: `text features of ${name}`,
          expected: `${earlier.features.width} numbers per item, as those of ${earlier.name} have`,
          found: String(features.width),
          advice: "Encode all domains with one text encoder.",
        });
      }
      if (areOneEncoder(features.encoder, earlier.features.encoder)) continue;
      throw new DataError({
        where: `text features of ${name}`,
        expected: `those of one text encoder, as ${earlier.name} has them: ${origin(earlier.features)}`,
        found: origin(features),
        advice: "Put a .feat1CLS file into every data set's folder or into none of them, or set bertModel.",
      });
    }
  }
}

function origin({ encoder }: FeatureTable): string {
  return encoder === undefined ? "from a file" : `from the encoder ${encoder}`;
}
