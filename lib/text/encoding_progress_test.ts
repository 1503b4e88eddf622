import assert from "node:assert/strict";
import { measureEncoding } from "./encoding_progress.ts";

Deno.test("speed counts this run's texts only, the time left goes by tokens", () => {
  let time = 0;
  const measure = measureEncoding({ texts: 10, tokens: 100, before: 5 }, () => time);
  time = 2000;
  assert.deepEqual(measure({ texts: 4, tokens: 80 }), {
    done: 9,
    total: 15,
    textsPerSecond: 2,
    tokensPerSecond: 40,
    secondsLeft: 0.5,
  });
  time = 4000;
  assert.deepEqual(measure({ texts: 6, tokens: 20 }), {
    done: 15,
    total: 15,
    textsPerSecond: 2.5,
    tokensPerSecond: 25,
    secondsLeft: 0,
  });
});
