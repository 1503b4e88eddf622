import assert from "node:assert/strict";
import { packSequences, type Sequences } from "./domain.ts";
import { smallDomain } from "./test_helpers.ts";
import { withoutItems, withoutSilentItems } from "./without_items.ts";

Deno.test("items go with their interactions, features and the users that become too short", () => {
  const features = { values: Float32Array.of(0, 1, 2), rows: 3, width: 1, encoder: "e" };
  const domain = { ...smallDomain([[0, 1, 2, 0, 2], [1, 1, 0]]), features };
  assert.deepEqual(withoutItems(domain, [1]), {
    name: "Toys",
    itemIds: ["toy-0", "toy-2"],
    itemTexts: ["wooden toy number 0.", "wooden toy number 2."],
    userIds: ["child-0"],
    sequences: packSequences([[0, 1, 0, 1]]),
    features: { values: Float32Array.of(0, 2), rows: 2, width: 1, encoder: "e" },
  });
});

Deno.test("a domain in which every text says something, or without texts, stays as it is", () => {
  const domain = smallDomain([[0, 1, 2]]);
  const say = () => assert.fail("nothing was left out");
  assert.equal(withoutSilentItems(domain, say), domain);
  const silent = { ...domain, itemTexts: null };
  assert.equal(withoutSilentItems(silent, say), silent);
});

Deno.test("all items without words are counted, the first of them named", () => {
  const said: string[] = [];
  const domain = { ...smallDomain([[0, 1, 2, 3, 0, 1]]), itemTexts: ["a", "b", ".", ""] };
  assert.deepEqual(withoutSilentItems(domain, (line) => said.push(line)).itemIds, ["toy-0", "toy-1"]);
  assert.deepEqual(said, [
    "Toys: 2 items of 4 without a text, such as toy-2, left out, with 2 interactions and 0 users of whom fewer than 3 " +
    "items remain.",
  ]);
});

Deno.test("of a split by time the parts stay where they are, and users who are left with nothing to do go", () => {
  const sequences: Sequences = {
    ...packSequences([[0, 1, 2, 0, 1], [1, 1, 0], [1, 0, 2], [0, 1]]),
    split: {
      trainEnds: Int32Array.of(2, 2, 1, 0),
      validEnds: Int32Array.of(4, 2, 2, 1),
      times: { validFrom: 4, testFrom: 6 },
    },
  };
  const left = withoutItems({ ...smallDomain([[0, 1, 2], [0], [0], [0]]), sequences }, [1]);
  assert.deepEqual(left.userIds, ["child-0", "child-2"]);
  assert.deepEqual(left.sequences, {
    ...packSequences([[0, 1, 0], [0, 1]]),
    split: {
      trainEnds: Int32Array.of(1, 0),
      validEnds: Int32Array.of(3, 1),
      times: { validFrom: 4, testFrom: 6 },
    },
  });
});
