import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences } from "../../data/domain.ts";
import { createGenerator } from "../../random.ts";
import { otherStretches } from "./other_stretches.ts";

/** User `u` has the items `100 · u`, `100 · u + 1` …, so that an item tells where it is from; two more are held out. */
const sequencesOf = (trainingItems: number[]) =>
  packSequences(
    trainingItems.map((length, user) => Array.from({ length: length + 2 }, (_, i) => 100 * user + i)),
  );

Deno.test("a stretch is somebody else's training items in a row, and null only where nobody has as many", () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      lengths,
      fc.nat(),
      fc.integer({ min: 1, max: 10 }),
      fc.integer(),
      (all, pick, length, seed) => {
        const user = pick % all.length;
        const stretch = otherStretches(sequencesOf(all))(createGenerator(seed), user, length);
        const possible = all.some((items, other) => other !== user && items >= length);
        if (!possible) return assert.equal(stretch, null);
        const owner = Math.floor(stretch![0] / 100);
        assert.notEqual(owner, user);
        const start = stretch![0] % 100;
        assert.deepEqual([...stretch!], Array.from({ length }, (_, i) => 100 * owner + start + i));
        assert.ok(start + length <= all[owner]);
      },
    ),
  );
});

Deno.test("every stretch of every other user can come", () => {
  const draw = otherStretches(sequencesOf([4, 2, 3, 1]));
  const generator = createGenerator(1);
  const firsts = new Set(Array.from({ length: 200 }, () => draw(generator, 0, 2)![0]));
  assert.deepEqual([...firsts].sort(), [100, 200, 201]);
});
