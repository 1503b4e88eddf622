import type { Shop } from "./catalogue.ts";

const source = { users: 1500, lengths: [5, 18], baskets: false } as const;
const target = { users: 600, lengths: [5, 12], baskets: false } as const;

/** Rich domains to pre-train on. */
export const sourceShops: readonly Shop[] = [
  {
    ...source,
    name: "Outdoors",
    department: "Sports & Outdoors",
    brands: ["Ridgeway", "Norvik", "Alderpeak", "Cairnfield", "Trailmoor", "Stonebrook"],
    mainTopics: ["Camping", "Cycling", "Garden", "Pets"],
    firstNameShare: 0.8,
  },
  {
    ...source,
    name: "Household",
    department: "Home & Kitchen",
    brands: ["Marlowe", "Hearthside", "Pembroke", "Lumora", "Oakhurst", "Tansy"],
    mainTopics: ["Coffee", "Baking", "Baby", "Stationery"],
    firstNameShare: 0.5,
  },
  {
    ...source,
    name: "Hobbies",
    department: "Arts & Entertainment",
    brands: ["Vireo", "Castellan", "Brightwell", "Ottoline", "Fennimore", "Quillon"],
    mainTopics: ["Guitar", "Painting", "Gaming", "Laboratory"],
    firstNameShare: 0.2,
  },
];

/** Sparse domains to fine-tune on: two of the sources' kind, and a shop on another platform. */
export const targetShops: readonly Shop[] = [
  {
    ...target,
    name: "Studio",
    department: "Studio Supplies",
    brands: ["Arbela", "Holloway", "Minton", "Sableworks", "Corrigan"],
    mainTopics: ["Painting", "Guitar", "Stationery", "Coffee"],
    firstNameShare: 0.5,
  },
  {
    ...target,
    name: "Market",
    department: "Family Market",
    brands: ["Penrose", "Daleford", "Juniper Lane", "Wickham", "Silverdale"],
    mainTopics: ["Baby", "Pets", "Garden", "Baking"],
    firstNameShare: 0.5,
  },
  {
    name: "Gifts",
    department: null,
    brands: [],
    mainTopics: ["Garden", "Baking", "Stationery", "Coffee"],
    firstNameShare: 0.5,
    users: 600,
    lengths: [5, 20],
    baskets: true,
  },
];

/** Two shops that have users in common. */
export const overlap = { source: "Hobbies", target: "Studio" } as const;
