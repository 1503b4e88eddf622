import assert from "node:assert/strict";
import { watchEncoding } from "./watch_encoding.ts";

Deno.test("each feature file has a line, and one that goes on is counted from where it goes on", () => {
  const lines: string[] = [];
  const observe = watchEncoding(({ title, total }) => ({
    update: (done) => void lines.push(`${title}: ${done} of ${total}`),
    done: (summary) => Promise.resolve(void lines.push(`${title}: ${summary}`)),
  }));
  for (const done of [60, 80, 100]) observe({ done, total: 100 }, "Toys.feat1CLS");
  for (const done of [1, 2]) observe({ done, total: 2 }, "Games.feat1CLS");
  assert.deepEqual(lines, [
    "Encoding Toys.feat1CLS: 0 of 40",
    "Encoding Toys.feat1CLS: 20 of 40",
    "Encoding Toys.feat1CLS: 100 texts",
    "Encoding Games.feat1CLS: 0 of 1",
    "Encoding Games.feat1CLS: 2 texts",
  ]);
});
