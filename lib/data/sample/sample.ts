import { createGenerator } from "../../random.ts";
import { type Domain, packSequences } from "../domain.ts";
import { makeCatalogue, type Shop } from "./catalogue.ts";
import { makeSequences } from "./shoppers.ts";
import { sourceShops, targetShops } from "./shops.ts";

const firstSeed = 2022;

/**
 * Makes the domains of the embedded `sample` profile: the same ones every time, without files or network.
 *
 * In all of them users go from one kind of product to the next in the same way (tent → sleeping bag, dog → cat),
 * while items, brands and words are each domain's own: what a model learns from text in one helps in another.
 *
 * @example
 * ```ts
 * import { makeSample } from "./sample.ts";
 * import assert from "node:assert/strict";
 *
 * const { sources, targets } = makeSample();
 * assert.equal(sources.length, 3);
 * assert.match(targets[0].itemTexts![0], /Studio Supplies/);
 * ```
 */
export function makeSample(): { sources: Domain[]; targets: Domain[] } {
  return {
    sources: sourceShops.map((shop, i) => makeDomain(shop, firstSeed + i)),
    targets: targetShops.map((shop, i) => makeDomain(shop, firstSeed + sourceShops.length + i)),
  };
}

function makeDomain(shop: Shop, seed: number): Domain {
  const generator = createGenerator(seed);
  const catalogue = makeCatalogue(shop, generator);
  const sequences = makeSequences(shop, catalogue, generator);
  return {
    name: shop.name,
    itemIds: catalogue.texts.map((_, item) => `${shop.name}-item-${item}`),
    itemTexts: catalogue.texts,
    userIds: sequences.map((_, user) => `${shop.name}-user-${user}`),
    sequences: packSequences(sequences),
    features: null,
  };
}
