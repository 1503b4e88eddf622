import type { Shop } from "./catalogue.ts";

const source = {
  users: 1000,
  lengths: [5, 18],
  itemsPerConcept: 10,
  newShare: 0,
  stylesPerConcept: 6,
  isTerse: false,
} as const;
const target = {
  users: 450,
  lengths: [5, 9],
  itemsPerConcept: 8,
  newShare: 0.04,
  stylesPerConcept: 3,
  isTerse: true,
} as const;

/** Rich domains to pre-train on, none of which sells what another does. */
export const sourceShops: readonly Shop[] = [
  {
    ...source,
    name: "Outdoors",
    department: "Sports & Outdoors",
    brands: ["Ridgeway", "Norvik", "Alderpeak", "Cairnfield", "Trailmoor", "Stonebrook"],
    topics: ["Camping", "Cycling", "Garden", "Pets"],
    firstNameShare: 0.8,
  },
  {
    ...source,
    name: "Household",
    department: "Home & Kitchen",
    brands: ["Marlowe", "Hearthside", "Pembroke", "Lumora", "Oakhurst", "Tansy"],
    topics: ["Coffee", "Baking", "Baby", "Stationery"],
    firstNameShare: 0.5,
  },
  {
    ...source,
    name: "Hobbies",
    department: "Arts & Entertainment",
    brands: ["Vireo", "Castellan", "Brightwell", "Ottoline", "Fennimore", "Quillon"],
    topics: ["Guitar", "Painting", "Gaming", "Laboratory"],
    firstNameShare: 0.2,
  },
];

/** Sparse domains to fine-tune on, each with topics of all sources: two of the sources' kind, and another platform. */
export const targetShops: readonly Shop[] = [
  {
    ...target,
    name: "Studio",
    department: "Studio Supplies",
    brands: ["Arbela", "Holloway"],
    topics: [
      "Painting",
      "Guitar",
      "Gaming",
      "Stationery",
      "Coffee",
      "Baking",
      "Camping",
      "Cycling",
      "Garden",
    ],
    firstNameShare: 0.5,
  },
  {
    ...target,
    name: "Market",
    department: "Family Market",
    brands: ["Penrose", "Daleford"],
    topics: ["Pets", "Garden", "Cycling", "Baby", "Baking", "Coffee", "Gaming", "Painting", "Laboratory"],
    firstNameShare: 0.5,
  },
  {
    ...target,
    name: "Gifts",
    department: null,
    brands: [],
    topics: ["Garden", "Pets", "Camping", "Baking", "Stationery", "Coffee", "Painting", "Guitar", "Gaming"],
    firstNameShare: 0.5,
    lengths: [5, 12],
  },
];

/** A shop whose users come more often, so that users and items with five interactions are left of its files. */
export const demoShop: Shop = {
  ...targetShops[1],
  itemsPerConcept: 5,
  newShare: 0,
  users: 600,
  lengths: [5, 12],
};

/** Two shops that have users in common. */
export const overlap = { source: "Hobbies", target: "Studio" } as const;
