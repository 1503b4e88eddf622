import { type Generator, integer, uniform } from "../../random.ts";
import type { Catalogue, Shop } from "./catalogue.ts";
import { concepts, conceptsPerTopic, styles, successorOf, topicNames } from "./concepts.ts";

/** How a user goes on after an item; the rest of the time any item of the shop may come, the popular ones first. */
const habits = { successor: 0.65, sameTopic: 0.1, otherTopic: 0.15 };
/** How many times as readily a user takes an item of the preferred style. */
const styleFactor = 6;

/** What decides, beside chance, what a user takes in any shop. */
export interface Taste {
  topics: [number, number];
  style: number;
}

/** Who shops, and what they take. */
export interface Shopper {
  taste: Taste;
  /** Item indices in time order, none twice. */
  sequence: number[];
}

/** Makes a shop's users and their sequences. */
export function makeShoppers(shop: Shop, catalogue: Catalogue, generator: Generator): Shopper[] {
  const itemsOf: number[][] = concepts.map(() => []);
  catalogue.concepts.forEach((concept, item) => itemsOf[concept].push(item));
  const everyItem = catalogue.concepts.map((_, item) => item);
  const topics = shop.topics.map((name) => topicNames.indexOf(name));

  return Array.from({ length: shop.users }, () => {
    const taste: Taste = {
      topics: [topics[integer(generator, topics.length)], topics[integer(generator, topics.length)]],
      style: integer(generator, styles.length),
    };
    const sequence: number[] = [];
    const length = drawLength(shop, generator);
    let concept: number | null = anyConceptOf(taste.topics[0], generator);
    while (sequence.length < length) {
      const isLast = sequence.length === length - 1;
      const unseen = (items: number[]) =>
        items.filter((item) => !sequence.includes(item) && (isLast || !catalogue.isNew[item]));
      const kin = concept === null ? [] : unseen(itemsOf[concept]);
      const item = chooseItem(kin.length > 0 ? kin : unseen(everyItem), catalogue, taste.style, generator);
      sequence.push(item);
      concept = nextConcept(catalogue.concepts[item], taste, generator);
    }
    return { taste, sequence };
  });
}

/**
 * Finds users of one shop who may as well be users of another: what decides about their sequences in both is the same.
 *
 * @param topics those that both shops sell; who likes none of them is nobody else
 * @returns for each user of `one` the user of `other` with the same taste who is nobody else's, or null
 */
export function sameTastes(
  one: readonly Shopper[],
  other: readonly Shopper[],
  topics: readonly number[],
): (number | null)[] {
  const key = ({ taste }: Shopper) =>
    [...topics.filter((topic) => taste.topics.includes(topic)), taste.style].join();
  const isThere = ({ taste }: Shopper) => taste.topics.some((topic) => topics.includes(topic));
  const free = Map.groupBy(
    [...other.keys()].filter((user) => isThere(other[user])),
    (user) => key(other[user]),
  );
  return one.map((shopper) => isThere(shopper) ? free.get(key(shopper))?.shift() ?? null : null);
}

function drawLength(shop: Shop, generator: Generator): number {
  const [shortest, longest] = shop.lengths;
  const span = longest - shortest + 1;
  return shortest + Math.min(integer(generator, span), integer(generator, span));
}

/** Draws the concept to come after `concept`, or null where any item may come. */
function nextConcept(concept: number, taste: Taste, generator: Generator): number | null {
  const draw = uniform(generator);
  if (draw < habits.successor) return successorOf(concept);
  const topic = Math.floor(concept / conceptsPerTopic);
  if (draw < habits.successor + habits.sameTopic) return anyConceptOf(topic, generator);
  if (draw < habits.successor + habits.sameTopic + habits.otherTopic) {
    return anyConceptOf(taste.topics[0] === topic ? taste.topics[1] : taste.topics[0], generator);
  }
  return null;
}

function anyConceptOf(topic: number, generator: Generator): number {
  return topic * conceptsPerTopic + integer(generator, conceptsPerTopic);
}

function chooseItem(candidates: number[], catalogue: Catalogue, style: number, generator: Generator): number {
  const weights = candidates.map((item) =>
    catalogue.popularity[item] * (catalogue.styles[item] === style ? styleFactor : 1)
  );
  let rest = uniform(generator) * weights.reduce((sum, weight) => sum + weight, 0);
  return candidates[weights.findIndex((weight) => (rest -= weight) < 0)] ?? candidates[candidates.length - 1];
}
