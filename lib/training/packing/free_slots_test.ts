import assert from "node:assert/strict";
import { createGenerator, integer } from "../../random.ts";
import { trackFreeSlots } from "./free_slots.ts";

Deno.test("what is asked for goes to the fullest row that still has it, one slot after the other", () => {
  const take = trackFreeSlots(2, 10);
  assert.deepEqual([6, 7, 3, 4, 1, 1].map(take), [0, 10, 17, 6, -1, -1]);
});

Deno.test("no slot is given twice, and none is refused that a row still has", () => {
  const [rows, length] = [7, 12];
  for (let seed = 0; seed < 20; seed++) {
    const generator = createGenerator(seed);
    const take = trackFreeSlots(rows, length);
    const free = new Array(rows).fill(length);
    for (let i = 0; i < 60; i++) {
      const wanted = 1 + integer(generator, length);
      const fitting = free.filter((slots) => slots >= wanted);
      const slot = take(wanted);
      if (fitting.length === 0) {
        assert.equal(slot, -1);
        continue;
      }
      const row = Math.floor(slot / length);
      assert.equal(free[row], Math.min(...fitting)); // the fullest that fits
      assert.equal(slot % length, length - free[row]); // where its free slots begin
      free[row] -= wanted;
    }
  }
});
