import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type Domain, sequenceOf, userCount } from "../domain.ts";
import { conceptOfText, concepts, conceptsPerTopic, successorOf } from "./concepts.ts";
import { makeSample } from "./sample.ts";

const { sources, targets } = makeSample();

Deno.test("the sample is the same on every machine", () => {
  const hash = createHash("sha256");
  for (const { name, itemTexts, sequences } of [...sources, ...targets]) {
    hash.update(JSON.stringify([name, itemTexts, [...sequences.items], [...sequences.offsets]]));
  }
  assert.equal(hash.digest("hex"), "468d414accca55302f34e5e252ea3cb8bf3d965f2f88c4c092c69739f106d05d");
});

Deno.test("every sequence has five items or more, none twice, and targets are sparser than sources", () => {
  for (const domain of [...sources, ...targets]) {
    for (let user = 0; user < userCount(domain.sequences); user++) {
      const sequence = sequenceOf(domain.sequences, user);
      assert.ok(sequence.length >= 5);
      assert.equal(new Set(sequence).size, sequence.length);
    }
  }
  const perItem = ({ sequences, itemIds }: Domain) => sequences.items.length / itemIds.length;
  assert.ok(Math.max(...targets.map(perItem)) < Math.min(...sources.map(perItem)));
});

Deno.test("in every domain in time order the successor is the most common next concept", () => {
  for (const domain of [...sources, ...targets.slice(0, 2)]) {
    const kinds = domain.itemTexts!.map(conceptOfText);
    const followed = countTransitions(domain, kinds);
    followed.forEach((counts, concept) => {
      if (!kinds.includes(concept)) return; // it is not sold here
      assert.equal(
        counts.indexOf(Math.max(...counts)),
        successorOf(concept),
        `${domain.name}, concept ${concept}`,
      );
    });
  }
});

Deno.test("a few items are popular, and in a target some have never been bought", () => {
  for (const domain of [...sources, ...targets]) {
    const counts = new Array(domain.itemIds.length).fill(0);
    for (const item of domain.sequences.items) counts[item]++;
    counts.sort((a, b) => b - a);
    const topTenth = counts.slice(0, counts.length / 10).reduce((sum, count) => sum + count);
    assert.ok(topTenth > 0.25 * domain.sequences.items.length, `${domain.name}: ${topTenth}`);
    if (targets.includes(domain)) assert.equal(counts.at(-1), 0);
  }
});

Deno.test("the other platform's texts are short and without departments or brands", () => {
  const words = (domain: Domain) => domain.itemTexts!.join(" ").split(" ").length / domain.itemIds.length;
  assert.ok(words(targets[2]) < words(targets[0]) / 2);
});

Deno.test("no source sells what another does, and every target sells something of each source", () => {
  const conceptsOf = ({ itemTexts }: Domain) => new Set(itemTexts!.map(conceptOfText));
  const sold = sources.map(conceptsOf);
  assert.equal(sold.reduce((sum, { size }) => sum + size, 0), concepts.length);
  assert.equal(new Set(sold.flatMap((kinds) => [...kinds])).size, concepts.length);
  for (const target of targets.slice(0, 2)) {
    for (const kinds of sold) assert.ok(conceptsOf(target).intersection(kinds).size > 0, target.name);
  }
});

Deno.test("a target's brands are no words of any source, and some of its items have the same text", () => {
  const known = new Set(sources.flatMap(({ itemTexts }) => itemTexts!.flatMap((text) => text.split(/\W+/))));
  for (const { name, itemTexts } of targets.slice(0, 2)) {
    for (const text of itemTexts!) assert.ok(!known.has(text.split(" ")[0]), text);
    const share = new Set(itemTexts).size / itemTexts!.length;
    assert.ok(share > 0.5 && share < 0.9, `${name}: ${share}`);
  }
});

Deno.test("a target's newest items are chosen last or not at all", () => {
  for (const { name, itemIds, sequences } of targets) {
    const lasts = new Set<number>(), others = new Set<number>();
    for (let user = 0; user < userCount(sequences); user++) {
      const items = [...sequenceOf(sequences, user)];
      lasts.add(items.pop()!);
      items.forEach((item) => others.add(item));
    }
    const newest = lasts.difference(others).size;
    assert.ok(newest > 0.02 * itemIds.length, `${name}: ${newest}`);
  }
});

Deno.test("Studio and Hobbies have users in common, and no other two domains do", () => {
  const domains = [...sources, ...targets];
  const inCommon = domains.flatMap((one, at) =>
    domains.slice(at + 1).flatMap((other) => {
      const count = new Set(one.userIds).intersection(new Set(other.userIds)).size;
      return count === 0 ? [] : [{ names: [one.name, other.name], count }];
    })
  );
  assert.equal(inCommon.length, 1);
  assert.deepEqual(inCommon[0].names, ["Hobbies", "Studio"]);
  assert.ok(inCommon[0].count > 200, `${inCommon[0].count}`);
  for (const { userIds } of domains) assert.equal(new Set(userIds).size, userIds.length);
});

Deno.test("who shops in both Studio and Hobbies takes to the same kinds of product", () => {
  const [hobbies, studio] = [sources[2], targets[0]];
  const topicsOf = (domain: Domain, user: number) =>
    [...sequenceOf(domain.sequences, user)].map((item) =>
      Math.floor(conceptOfText(domain.itemTexts![item]) / conceptsPerTopic)
    );
  const sold = new Set(hobbies.userIds.flatMap((_, user) => topicsOf(hobbies, user)));
  const shareInCommon = (user: number, other: number) => {
    const topics = new Set(topicsOf(hobbies, other));
    const own = topicsOf(studio, user).filter((topic) => sold.has(topic));
    return own.length === 0 ? 1 : own.filter((topic) => topics.has(topic)).length / own.length;
  };
  const users = studio.userIds.flatMap((id, user) => {
    const other = hobbies.userIds.indexOf(id);
    return other < 0 ? [] : [{ user, other }];
  });
  const mean = (pairs: { user: number; other: number }[]) =>
    pairs.reduce((sum, { user, other }) => sum + shareInCommon(user, other), 0) / pairs.length;
  const strangers = users.map(({ user }, at) => ({ user, other: users[(at + 1) % users.length].other }));
  assert.ok(mean(users) > mean(strangers) + 0.2, `${mean(users)}, strangers ${mean(strangers)}`);
});

function countTransitions(domain: Domain, kinds: number[]): number[][] {
  const counts = concepts.map(() => new Array(concepts.length).fill(0));
  for (let user = 0; user < userCount(domain.sequences); user++) {
    const sequence = sequenceOf(domain.sequences, user);
    for (let i = 1; i < sequence.length; i++) counts[kinds[sequence[i - 1]]][kinds[sequence[i]]]++;
  }
  return counts;
}
