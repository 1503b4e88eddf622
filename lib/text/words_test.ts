import assert from "node:assert/strict";
import { wordsOf } from "./words.ts";

Deno.test("words of scripts with combining marks stay whole", () => {
  for (const word of ["किताब", "น้ำ", "שָׁלוֹם", "தமிழ்", "می\u200cخواهم", "cafe\u0301"]) {
    assert.deepEqual(wordsOf(`${word}, ${word}!`), [word.normalize("NFC"), word.normalize("NFC")]);
  }
});

Deno.test("marks and joiners without a letter are no words", () => {
  assert.deepEqual(wordsOf("\u0301 👩\u200d🚀 — ! "), []);
});
