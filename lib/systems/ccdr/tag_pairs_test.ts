import assert from "node:assert/strict";
import fc from "fast-check";
import { createGenerator } from "../../random.ts";
import type { Tags } from "../../text/tags.ts";
import { createTagPairs, itemsPerTag } from "./tag_pairs.ts";

/** Tags of domains whose items are given by number, and where the domains start if each has ten items. */
function tagsOf(...items: number[][][]): [Tags, number[]] {
  const words = items[0].map((_, tag) => `tag ${tag}`);
  const lists = items.map((domain) => domain.map((list) => Int32Array.from(list)));
  return [{ words, items: lists }, items.map((_, domain) => 10 * domain)];
}

Deno.test("both sides of a tag are items that have it, of the two domains that were drawn", () => {
  const items = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 3 });
  const domain = fc.array(items, { minLength: 4, maxLength: 4 });
  fc.assert(fc.property(fc.array(domain, { minLength: 2, maxLength: 4 }), fc.nat(), (domains, seed) => {
    const pairs = createTagPairs(...tagsOf(...domains));
    if (!pairs) return;
    const arrays = pairs.draw(createGenerator(seed));
    const weights = Array.from(arrays["tags/weights"]);
    const members = Array.from(arrays["tags/members"]);
    const used = weights.filter((weight) => weight > 0).length;
    assert.ok(used >= 2);
    assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight) - 1) < 1e-6);
    const side = (first: number, tag: number) =>
      members.slice((first + tag) * itemsPerTag, (first + tag + 1) * itemsPerTag);
    const [from, to] = [members[0], members[weights.length * itemsPerTag]].map((item) =>
      Math.floor(item / 10)
    );
    assert.ok(pairs.domains.some((pair) => pair.includes(from) && pair.includes(to)));
    const drawn = Array.from({ length: used }, (_, at) => {
      const tags = domains[from].keys().filter((tag) =>
        side(0, at).every((item) => domains[from][tag].includes(item - 10 * from)) &&
        side(weights.length, at).every((item) => domains[to][tag].includes(item - 10 * to))
      );
      return new Set(tags);
    });
    assert.ok(drawn.every((tags) => tags.size > 0));
  }));
});

Deno.test("the target is one of the two where it shares tags, and every pair with it comes up", () => {
  const tags = [[0], [1], [2]];
  const pairs = createTagPairs(...tagsOf(tags, tags, tags))!;
  assert.deepEqual(pairs.domains, [[0, 2], [1, 2]]);
  const drawn = new Set<string>();
  const generator = createGenerator(1);
  for (let i = 0; i < 50; i++) {
    const members = pairs.draw(generator)["tags/members"];
    drawn.add(`${Math.floor(members[0] / 10)} ${Math.floor(members.at(-1)! / 10)}`);
  }
  assert.deepEqual([...drawn].sort(), ["0 2", "1 2", "2 0", "2 1"]);
});

Deno.test("without a target's tags the sources are drawn; without shared tags there is nothing", () => {
  const [tags, none] = [[[0], [1]], [[], []]];
  assert.deepEqual(createTagPairs(...tagsOf(tags, tags, none))!.domains, [[0, 1]]);
  assert.equal(createTagPairs(...tagsOf(tags, none, none)), null);
  assert.equal(createTagPairs(...tagsOf([[0]], [[0]])), null); // one tag alone has no others to be told from
});
