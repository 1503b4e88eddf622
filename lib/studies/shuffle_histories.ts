import { type Domain, userCount } from "../data/domain.ts";
import { historyOf } from "../data/split.ts";
import { createGenerator, shuffle } from "../random.ts";

/**
 * Returns a domain in which every user's history is in a random order; what is held out stays where it is.
 *
 * `train` shuffles what is trained on: the items before the validation item. `test` shuffles the items before the test
 * item, the validation item among them; of a longer history only the last `maxLength`, so that a model which reads no
 * more reads the same items in another order.
 *
 * @param seed the same one gives the same order
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { shuffleHistories } from "./shuffle_histories.ts";
 * import assert from "node:assert/strict";
 *
 * const domain = {
 *   name: "Toys", itemIds: ["a", "b", "c", "d", "e"], itemTexts: null, userIds: ["u"],
 *   sequences: packSequences([[0, 1, 2, 3, 4]]), features: null,
 * };
 * const { name, sequences } = shuffleHistories(domain, "train", 1);
 * assert.equal(name, "Toys shuffled");
 * assert.deepEqual([...sequences.items.slice(0, 3)].sort(), [0, 1, 2]);
 * assert.deepEqual([...sequences.items.slice(3)], [3, 4]);
 * ```
 */
export function shuffleHistories(
  domain: Domain,
  part: "train" | "test",
  seed: number,
  maxLength = Infinity,
): Domain {
  const generator = createGenerator(seed);
  const sequences = { ...domain.sequences, items: domain.sequences.items.slice() };
  for (let user = 0; user < userCount(sequences); user++) {
    const history = historyOf(sequences, user, part); // a view: what is shuffled in it is shuffled in the sequence
    shuffle(generator, part === "test" ? history.subarray(Math.max(0, history.length - maxLength)) : history);
  }
  return { ...domain, name: `${domain.name} shuffled`, sequences };
}
