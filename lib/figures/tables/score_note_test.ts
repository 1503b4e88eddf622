import assert from "node:assert/strict";
import { noteOnSeeds, scoreNote } from "./score_note.ts";

Deno.test("a score is followed by its star and its spread, if it has any", () => {
  assert.equal(scoreNote({ significant: false, deviation: null }), "");
  assert.equal(scoreNote({ significant: true, deviation: null }), "*");
  assert.equal(scoreNote({ significant: true, deviation: 0.00126 }), "* ± 0.0013");
  assert.equal(scoreNote({ significant: false, deviation: 0 }), " ± 0.0000");
});

Deno.test("the table says what the spread is over, where there is any", () => {
  const rowsWith = (...seeds: number[]) => [{
    dataset: "Toys",
    metric: "NDCG@10",
    scores: seeds.map((seeds) => ({ system: "A", value: 0, deviation: null, significant: false, seeds })),
    improvement: null,
  }];
  assert.deepEqual(noteOnSeeds(rowsWith(1, 1)), []);
  assert.deepEqual(noteOnSeeds([]), []);
  assert.match(noteOnSeeds(rowsWith(1, 3)).join(), /up to 3 seeds/);
});
