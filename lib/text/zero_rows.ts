import type { Domain } from "../data/domain.ts";
import { DataError } from "../errors.ts";

/**
 * Checks that every item's feature vector has a direction; a domain without features is passed over.
 *
 * A vector of zeros stays zero until the whitening's biases move, and normalising it sends them a gradient so large
 * that Adam never moves them again.
 *
 * @throws {DataError} that names the domain and the first such row
 */
export function refuseZeroRows({ name, features }: Pick<Domain, "name" | "features">): void {
  if (!features) return;
  const { values, rows, width } = features;
  for (let row = 0; row < rows; row++) {
    if (values.subarray(row * width, (row + 1) * width).some((x) => x !== 0)) continue;
    throw new DataError({
      where: `text features of ${name}, row ${row}`,
      expected: "a vector with a direction",
      found: "zeros only",
      advice: "Encode the item's text, or leave the item out: a vector of zeros cannot be normalised.",
    });
  }
}
