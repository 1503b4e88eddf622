import type { FeatureTable } from "../data/domain.ts";
import { DataError } from "../errors.ts";
import { areOneEncoder } from "./one_encoder.ts";

/**
 * Refuses features that are not of the kind that is wanted: so many rows, of the same width, made by the same encoder.
 *
 * @param wanted what they must be like; null where there are none, which is refused, too
 * @param name whose they are
 * @throws {DataError}
 */
export function checkSameFeatures(
  wanted: FeatureTable | null,
  features: FeatureTable | null,
  rows: number,
  name = "the new items",
): void {
  const fault = (expected: string, found: string) =>
    new DataError({
      where: `text features of ${name}`,
      expected,
      found,
      advice: "Encode the texts with the encoder of the others, for example with withFeatures.",
    });
  if (!wanted || !features) throw fault(`${rows} rows`, "none");
  if (features.width !== wanted.width || features.rows !== rows) {
    throw fault(`${rows} rows of ${wanted.width} numbers`, `${features.rows} rows of ${features.width}`);
  }
  if (!areOneEncoder(wanted.encoder, features.encoder)) {
    throw fault(
      `those of the encoder ${wanted.encoder ?? "of a file"}`,
      features.encoder ?? "those of a file",
    );
  }
}
