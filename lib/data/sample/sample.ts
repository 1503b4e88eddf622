import { createGenerator } from "../../random.ts";
import { type Domain, packSequences } from "../domain.ts";
import { makeCatalogue, type Shop } from "./catalogue.ts";
import { topicNames } from "./concepts.ts";
import { makeShoppers, sameTastes, type Shopper } from "./shoppers.ts";
import { overlap, sourceShops, targetShops } from "./shops.ts";

const firstSeed = 2022;

/**
 * Makes the domains of the embedded `sample` profile: the same ones every time, without files or network.
 *
 * In all of them users go from one kind of product to the next in the same way (tent → sleeping bag, dog → cat),
 * while items and brands are each domain's own: what a model learns from text in one helps in another. Each source sells
 * what no other does, each target something of every source. Targets are sparse: few users, many items, most of them
 * rarely chosen and some so new that only test items are. Several of a target's items may have the same text, of which
 * one is popular, as only its ID can tell; its best-known brands are words that no source has. Gifts is another
 * platform: its texts are short and name styles in other words. Some users of Studio shop in Hobbies, too, and have the
 * same ID there; no others are in two domains.
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
  const shared = topicsOfBoth(overlap.source, overlap.target);
  sameTastes(target.shoppers, source.shoppers, shared).forEach((other, user) => {
    if (other !== null) target.domain.userIds[user] = source.domain.userIds[other];
  });
  const domains = made.map(({ domain }) => domain);
  return { sources: domains.slice(0, sourceShops.length), targets: domains.slice(sourceShops.length) };
}

/** Returns the topics that two shops sell. */
function topicsOfBoth(...names: string[]): number[] {
  const shops = [...sourceShops, ...targetShops].filter(({ name }) => names.includes(name));
  return topicNames.flatMap((name, topic) =>
    shops.every(({ topics }) => topics.includes(name)) ? [topic] : []
  );
}

/** Makes one shop as a domain, and who shops there. */
export function makeDomain(shop: Shop, seed: number): { domain: Domain; shoppers: Shopper[] } {
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
