import { createGenerator } from "../../random.ts";
import { type Domain, packSequences } from "../domain.ts";
import { makeCatalogue, type Shop } from "./catalogue.ts";
import { makeShoppers, sameTastes, type Shopper } from "./shoppers.ts";
import { overlap, sourceShops, targetShops } from "./shops.ts";

const firstSeed = 2022;

/**
 * Makes the domains of the embedded `sample` profile: the same ones every time, without files or network.
 *
 * In all of them users go from one kind of product to the next in the same way (tent → sleeping bag, dog → cat),
 * while items, brands and words are each domain's own: what a model learns from text in one helps in another. Some users
 * of Studio shop in Hobbies, too, and have the same ID there; no others are in two domains.
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
  const made = [...sourceShops, ...targetShops].map((shop, i) => makeDomain(shop, firstSeed + i));
  const find = (name: string) => made.find(({ domain }) => domain.name === name)!;
  const [source, target] = [find(overlap.source), find(overlap.target)];
  sameTastes(target.shoppers, source.shoppers).forEach((other, user) => {
    if (other !== null) target.domain.userIds[user] = source.domain.userIds[other];
  });
  const domains = made.map(({ domain }) => domain);
  return { sources: domains.slice(0, sourceShops.length), targets: domains.slice(sourceShops.length) };
}

function makeDomain(shop: Shop, seed: number): { domain: Domain; shoppers: Shopper[] } {
  const generator = createGenerator(seed);
  const catalogue = makeCatalogue(shop, generator);
  const shoppers = makeShoppers(shop, catalogue, generator);
  const domain = {
    name: shop.name,
    itemIds: catalogue.texts.map((_, item) => `${shop.name}-item-${item}`),
    itemTexts: catalogue.texts,
    userIds: shoppers.map((_, user) => `${shop.name}-user-${user}`),
    sequences: packSequences(shoppers.map(({ sequence }) => sequence)),
    features: null,
  };
  return { domain, shoppers };
}
