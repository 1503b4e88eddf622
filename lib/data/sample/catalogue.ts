import { type Generator, integer, shuffle, uniform } from "../../random.ts";
import { concepts, giftStyles, styles } from "./concepts.ts";

/** What makes one shop of the sample differ from the others. */
export interface Shop {
  name: string;
  /** The first words of its category paths; a shop without departments writes short descriptions only. */
  department: string | null;
  /** The better known first; unused where there is no department. */
  brands: readonly string[];
  /** Whether its texts leave out colour and size and say a concept in one way, so that some items have the same text. */
  isTerse: boolean;
  /** What it sells. */
  topics: readonly string[];
  /** How often it says a concept by the first of its two names. */
  firstNameShare: number;
  itemsPerConcept: number;
  /** A concept's items come in so many styles. */
  stylesPerConcept: number;
  /** The share of its items that come in on the last day, when every user's last choice is made. */
  newShare: number;
  users: number;
  /** The lengths of its users' sequences, both ends included; short ones are more common. */
  lengths: readonly [shortest: number, longest: number];
}

/** What a shop sells; every array is in item order. */
export interface Catalogue {
  texts: string[];
  concepts: number[];
  styles: number[];
  /** How readily an item is chosen among equals: a few are popular, most are not; its text tells of that the brand only. */
  popularity: number[];
  isNew: boolean[];
}

/** The less, the more the popular items, and those of a shop's better known brands, are ahead of the others. */
const flatness = { rank: 0.02, brand: 2 };
const sizes = ["Small", "Medium", "Large", "Single", "Twin Pack", "Set of 4"];
const colours = ["Red", "Blue", "Green", "Black", "White", "Grey", "Orange", "Yellow"];

/** Makes a shop's items in random order, so that an item's index tells nothing. */
export function makeCatalogue(shop: Shop, generator: Generator): Catalogue {
  const kinds = shuffle(
    generator,
    concepts.flatMap(({ topic }, concept) => {
      if (!shop.topics.includes(topic)) return [];
      const firstStyle = integer(generator, styles.length);
      const drawName = () => uniform(generator) < shop.firstNameShare ? 0 : 1;
      const usualName = drawName();
      return Array.from({ length: shop.itemsPerConcept }, (_, i) => ({
        concept,
        style: (firstStyle + i % shop.stylesPerConcept) % styles.length,
        name: shop.isTerse ? usualName : drawName(),
        brand: shop.brands.length > 0 ? integer(generator, shop.brands.length) : 0,
        isNew: uniform(generator) < shop.newShare,
      }));
    }),
  );
  const ranks = shuffle(generator, kinds.map((_, rank) => rank));
  return {
    texts: kinds.map((kind) => describe(shop, kind, generator)),
    concepts: kinds.map(({ concept }) => concept),
    styles: kinds.map(({ style }) => style),
    popularity: kinds.map(({ brand, isNew }, item) =>
      isNew ? 1 : 1 / (ranks[item] / kinds.length + flatness.rank) / (brand + flatness.brand)
    ),
    isNew: kinds.map(({ isNew }) => isNew),
  };
}
/** What an item's text tells. */
interface Kind {
  concept: number;
  /** Which of the concept's two names. */
  name: number;
  style: number;
  brand: number;
}

function describe(shop: Shop, { concept, name: which, style, brand }: Kind, generator: Generator): string {
  const { topic, category, names } = concepts[concept];
  const name = names[which];
  if (shop.department === null) return `${giftStyles[style]} ${name}`.toUpperCase();
  const maker = shop.brands[brand];
  const colour = shop.isTerse ? "" : `, ${pick(generator, colours)}, ${pick(generator, sizes)}`;
  return `${maker} ${styles[style]} ${name}${colour}. ${shop.department} ${topic} ${category}. ${maker}.`;
}

function pick(generator: Generator, values: readonly string[]): string {
  return values[integer(generator, values.length)];
}
