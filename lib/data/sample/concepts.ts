/** A kind of product, which every domain of the sample sells under words of its own. */
export interface Concept {
  topic: string;
  /** The part of the category path that shops share. */
  category: string;
  /** Two ways to say it in a title; each domain prefers one. */
  names: readonly [string, string];
}

/** The order is the story that the sample tells: who bought one concept tends to buy the next of its topic. */
const topics: Record<string, readonly (readonly [category: string, name: string, otherName: string])[]> = {
  "Camping": [
    ["Tents", "Dome Tent", "Backpacking Tent"],
    ["Sleeping Gear", "Sleeping Bag", "Down Sleeping Quilt"],
    ["Camp Kitchen", "Camping Stove", "Gas Cooker Stove"],
    ["Lighting", "Camping Lantern", "Rechargeable Lantern"],
    ["Backpacks", "Hiking Backpack", "Trail Rucksack"],
    ["Trekking Poles", "Trekking Poles", "Walking Poles"],
  ],
  "Pets": [
    ["Dog Food", "Dog Food", "Puppy Kibble"],
    ["Dog Walking", "Dog Leash", "Dog Harness"],
    ["Dog Beds", "Dog Bed", "Puppy Basket"],
    ["Cat Litter", "Cat Litter", "Kitten Litter"],
    ["Cat Furniture", "Cat Scratching Post", "Cat Tree"],
    ["Cat Toys", "Cat Toy Mouse", "Catnip Toy"],
  ],
  "Coffee": [
    ["Coffee Grinders", "Burr Coffee Grinder", "Hand Coffee Mill"],
    ["Coffee Beans", "Whole Coffee Beans", "Roasted Arabica Beans"],
    ["Espresso Makers", "Espresso Machine", "Moka Pot"],
    ["Milk Frothers", "Milk Frother", "Steaming Pitcher"],
    ["Cups", "Coffee Mug", "Espresso Cup"],
    ["Cleaning", "Coffee Machine Descaler", "Cleaning Tablets"],
  ],
  "Baking": [
    ["Mixing", "Mixing Bowl", "Stand Mixer"],
    ["Flour", "Bread Flour", "Wholegrain Flour"],
    ["Tins", "Cake Tin", "Loaf Pan"],
    ["Rolling Pins", "Rolling Pin", "Pastry Roller"],
    ["Decorating", "Icing Nozzle", "Piping Bag"],
    ["Serving", "Cake Stand", "Cake Dome"],
  ],
  "Guitar": [
    ["Acoustic Guitars", "Acoustic Guitar", "Classical Guitar"],
    ["Strings", "Guitar Strings", "Steel String Pack"],
    ["Tuners", "Clip-on Tuner", "Chromatic Tuner"],
    ["Capos", "Guitar Capo", "Spring Capo"],
    ["Amplifiers", "Guitar Amplifier", "Practice Amp"],
    ["Cases", "Guitar Case", "Guitar Gig Bag"],
  ],
  "Painting": [
    ["Sketchbooks", "Sketchbook", "Drawing Pad"],
    ["Pencils", "Graphite Pencils", "Charcoal Pencils"],
    ["Watercolours", "Watercolour Paint", "Gouache Paint"],
    ["Brushes", "Paint Brush", "Sable Brush"],
    ["Canvases", "Stretched Canvas", "Canvas Board"],
    ["Easels", "Wooden Easel", "Tabletop Easel"],
  ],
  "Garden": [
    ["Seeds", "Vegetable Seeds", "Flower Seeds"],
    ["Soil", "Potting Soil", "Garden Compost"],
    ["Pots", "Plant Pot", "Terracotta Planter"],
    ["Watering", "Watering Can", "Garden Hose"],
    ["Pruning", "Pruning Shears", "Hedge Secateurs"],
    ["Gloves", "Garden Gloves", "Thorn Proof Gloves"],
  ],
  "Stationery": [
    ["Desk Lamps", "Desk Lamp", "Reading Lamp"],
    ["Notebooks", "Ruled Notebook", "Bullet Journal"],
    ["Pens", "Fountain Pen", "Rollerball Pen"],
    ["Ink", "Ink Bottle", "Ink Cartridges"],
    ["Envelopes", "Letter Envelopes", "Mailing Envelopes"],
    ["Filing", "File Folder", "Ring Binder"],
  ],
  "Cycling": [
    ["Helmets", "Bike Helmet", "Cycling Helmet"],
    ["Locks", "Bike Lock", "Chain Lock"],
    ["Lights", "Bike Light", "Bicycle Lamp"],
    ["Tubes", "Inner Tube", "Tyre Tube"],
    ["Pumps", "Bike Pump", "Bicycle Floor Pump"],
    ["Lubricants", "Chain Oil", "Chain Wax"],
  ],
  "Baby": [
    ["Nappies", "Baby Nappies", "Baby Diapers"],
    ["Wipes", "Baby Wipes", "Sensitive Wipes"],
    ["Bottles", "Baby Bottle", "Feeding Bottle"],
    ["Sterilisers", "Bottle Steriliser", "Steam Steriliser"],
    ["Blankets", "Baby Blanket", "Swaddle Blanket"],
    ["Prams", "Baby Pram", "Baby Stroller"],
  ],
  "Laboratory": [
    ["Microscopes", "Student Microscope", "Compound Microscope"],
    ["Slides", "Microscope Slides", "Glass Cover Slips"],
    ["Pipettes", "Micro Pipette", "Transfer Pipettes"],
    ["Glassware", "Glass Beaker", "Erlenmeyer Flask"],
    ["Eye Protection", "Safety Goggles", "Safety Glasses"],
    ["Clothing", "Lab Coat", "Lab Apron"],
  ],
  "Gaming": [
    ["Consoles", "Game Console", "Handheld Console"],
    ["Controllers", "Wireless Controller", "Game Pad"],
    ["Headsets", "Gaming Headset", "Gaming Headphones"],
    ["Charging", "Controller Charging Dock", "Charging Stand"],
    ["Memory", "Memory Card", "Storage Card"],
    ["Storage", "Console Carrying Case", "Console Travel Bag"],
  ],
};

/** Names of the topics that users have a taste for. */
export const topicNames: readonly string[] = Object.keys(topics);

/** How many concepts each topic has. */
export const conceptsPerTopic = 6;

/** All concepts, topic by topic: concept `c` belongs to topic `⌊c / conceptsPerTopic⌋`. */
export const concepts: readonly Concept[] = Object.entries(topics).flatMap(([topic, rows]) =>
  rows.map(([category, name, otherName]) => ({ topic, category, names: [name, otherName] as const }))
);

/** Returns the concept that most often follows `concept`; the last of a topic leads back to its first. */
export function successorOf(concept: number): number {
  const place = concept % conceptsPerTopic;
  return concept - place + (place + 1) % conceptsPerTopic;
}

/** Returns the concept that a text's category path names, or −1 for a text without one. */
export function conceptOfText(text: string): number {
  return concepts.findIndex(({ topic, category }) => text.includes(` ${topic} ${category}.`));
}

/** What a title says of a product beside its kind; a user prefers one style and buys it more often. */
export const styles: readonly string[] = [
  "Compact Travel",
  "Kids Colourful",
  "Professional Heavy Duty",
  "Vintage Classic",
  "Eco Friendly Natural",
  "Deluxe Premium",
];

/** The same in the words of another platform. */
export const giftStyles: readonly string[] = [
  "Pocket Size",
  "Circus Parade",
  "Workshop",
  "Retro Spot",
  "Woodland",
  "Luxury Boxed",
];
