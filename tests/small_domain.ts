import { type Domain, packSequences } from "../lib/data/domain.ts";
import { createGenerator, integer, normals, uniform } from "../lib/random.ts";

/**
 * Makes a domain in which item `i` is mostly followed by item `i + 1`: quickly learnt, and unlike popularity.
 *
 * Neighbouring items have similar features.
 */
export function smallDomain({ items = 30, users = 80, featureSize = 12, seed = 5 } = {}): Domain {
  const generator = createGenerator(seed);
  const sequences = Array.from({ length: users }, () => {
    const length = 4 + integer(generator, 9);
    let item = integer(generator, items);
    return Int32Array.from({ length }, () => {
      item = uniform(generator) < 0.9 ? (item + 1) % items : integer(generator, items);
      return item;
    });
  });
  const noise = normals(generator, items * featureSize, 0.1);
  const values = noise.map((value, at) => {
    const angle = 2 * Math.PI * Math.floor(at / featureSize) / items;
    return value + Math.cos(angle * (1 + at % featureSize));
  });
  return {
    name: "Small",
    itemIds: Array.from({ length: items }, (_, item) => `item ${item}`),
    itemTexts: null,
    userIds: Array.from({ length: users }, (_, user) => `user ${user}`),
    sequences: packSequences(sequences),
    features: { values, rows: items, width: featureSize },
  };
}

/** Sizes that train in a moment. */
export const smallSizes = { hiddenSize: 16, innerSize: 16, maxLength: 8, dropout: 0.2 };
