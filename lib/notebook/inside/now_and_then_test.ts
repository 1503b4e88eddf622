import assert from "node:assert/strict";
import { sparseLines } from "./now_and_then.ts";

Deno.test("lines come further and further apart, up to a minute, and anew after one that stays", () => {
  const shown: [number, string][] = [];
  let seconds = 0;
  const { passing, lasting } = sparseLines((line) => shown.push([seconds, line]), () => seconds * 1000);
  for (seconds = 1; seconds <= 200; seconds++) {
    if (seconds === 150) lasting("done");
    else passing("works");
  }
  assert.deepEqual(shown, [
    [10, "works"],
    [30, "works"],
    [70, "works"],
    [130, "works"],
    [150, "done"],
    [160, "works"],
    [180, "works"],
  ]);
});
