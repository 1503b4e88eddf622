import assert from "node:assert/strict";
import { type Domain, packSequences, sequenceOf, userCount } from "./domain.ts";
import { withholdItems } from "./withhold_items.ts";

const ids = Array.from({ length: 10 }, (_, item) => `item ${item}`);
const domain: Domain = {
  name: "Toys",
  itemIds: ids,
  itemTexts: ids.map((id) => `text of ${id}`),
  userIds: ["a", "b", "c"],
  sequences: packSequences([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [9, 8, 7, 6, 5, 4, 3, 2], [0, 1, 2]]),
  features: { values: Float32Array.from({ length: 20 }, (_, i) => i), rows: 10, width: 2 },
};

Deno.test("what is left names the same items, texts, features and sequences as before", () => {
  const { seen, withheld } = withholdItems(domain, 0.3, 1);
  assert.equal(withheld.length, 3);
  const kept = ids.filter((_, item) => !withheld.includes(item));
  assert.deepEqual(seen.itemIds, kept);
  assert.deepEqual(seen.itemTexts, kept.map((id) => `text of ${id}`));
  seen.itemIds.forEach((id, item) => {
    const before = ids.indexOf(id);
    assert.deepEqual([...seen.features!.values.subarray(2 * item, 2 * item + 2)], [
      2 * before,
      2 * before + 1,
    ]);
  });
  for (let user = 0; user < userCount(seen.sequences); user++) {
    const before = sequenceOf(domain.sequences, domain.userIds.indexOf(seen.userIds[user]));
    assert.deepEqual(
      Array.from(sequenceOf(seen.sequences, user), (item) => seen.itemIds[item]),
      Array.from(before, (item) => ids[item]).filter((id) => kept.includes(id)),
    );
  }
});

Deno.test("users with fewer than three items left are left out", () => {
  const { seen, withheld } = withholdItems(domain, 0.6, 2);
  for (let user = 0; user < 3; user++) {
    const left = sequenceOf(domain.sequences, user).filter((item) => !withheld.includes(item)).length;
    assert.equal(seen.userIds.includes(domain.userIds[user]), left >= 3);
  }
});

Deno.test("a share that takes out nothing, everything or every user is refused", () => {
  for (const share of [0, 1, 0.8, -0.1, NaN]) {
    assert.throws(() => withholdItems(domain, share, 1), {
      name: "ParameterError",
      message: /^newItemShare: /,
    });
  }
});
