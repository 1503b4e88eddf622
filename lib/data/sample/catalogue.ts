import { type Generator, integer, shuffle, uniform } from "../../random.ts";
import { concepts, styles } from "./concepts.ts";

/** What makes one shop of the sample differ from the others. */
export interface Shop {
  name: string;
  /** The first words of its category paths; a shop without departments writes short descriptions only. */
  department: string | null;
  /** Unused where there is no department. */
  brands: readonly string[];
  /** Topics that it sells more of. */
  mainTopics: readonly string[];
  /** How often it says a concept by the first of its two names. */
  firstNameShare: number;
  users: number;
  /** The lengths of its users' sequences, both ends included; short ones are more common. */
  lengths: readonly [shortest: number, longest: number];
  /** Whether a sequence is a basket: bought at once, in no order. */
  baskets: boolean;
}

/** What a shop sells; every array is in item order. */
export interface Catalogue {
  texts: string[];
  concepts: number[];
  styles: number[];
  /** How readily an item is chosen among equals: a few are popular, most are not. */
  popularity: number[];
}

const sizes = ["Small", "Medium", "Large", "Single", "Twin Pack", "Set of 4"];
const colours = ["Red", "Blue", "Green", "Black", "White", "Grey", "Orange", "Yellow"];
/** Items of each concept: in a shop's main topics, and in the others. */
const itemsPerConcept = { main: 6, other: 4 };

/** Makes a shop's items in random order, so that an item's index tells nothing. */
export function makeCatalogue(shop: Shop, generator: Generator): Catalogue {
  const kinds = shuffle(
    generator,
    concepts.flatMap(({ topic }, concept) => {
      const count = shop.mainTopics.includes(topic) ? itemsPerConcept.main : itemsPerConcept.other;
      const firstStyle = integer(generator, styles.length);
      return Array.from({ length: count }, (_, i) => ({ concept, style: (firstStyle + i) % styles.length }));
    }),
  );
  const ranks = shuffle(generator, kinds.map((_, rank) => rank));
  return {
    texts: kinds.map(({ concept, style }) => describe(shop, concept, style, generator)),
    concepts: kinds.map(({ concept }) => concept),
    styles: kinds.map(({ style }) => style),
    popularity: ranks.map((rank) => 1 / (rank + 5)),
  };
}

function describe(shop: Shop, concept: number, style: number, generator: Generator): string {
  const { topic, category, names } = concepts[concept];
  const name = names[uniform(generator) < shop.firstNameShare ? 0 : 1];
  const colour = pick(generator, colours);
  if (shop.department === null) return `${colour} ${styles[style]} ${name}.`.toLowerCase();
  const brand = pick(generator, shop.brands);
  const title = `${brand} ${styles[style]} ${name}, ${colour}, ${pick(generator, sizes)}`;
  return `${title}. ${shop.department} ${topic} ${category}. ${brand}.`;
}

function pick(generator: Generator, values: readonly string[]): string {
  return values[integer(generator, values.length)];
}
