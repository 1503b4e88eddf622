import assert from "node:assert/strict";
import { checkNeighbourSettings, type NeighbourSettings } from "./settings.ts";

const smoothing = { counts: 1, toSimilar: 0.3, fromSimilar: 0, text: 0.1 };
const good: NeighbourSettings = { window: 10, backward: 0, power: 0.5, decay: 1, smoothing };

Deno.test("settings that can be used pass", () => {
  checkNeighbourSettings(good);
  checkNeighbourSettings({ ...good, power: 0, smoothing: null });
  checkNeighbourSettings({ ...good, power: 1, backward: 1 });
});

Deno.test("settings that cannot be used are refused by name", () => {
  const refused = (wrong: Partial<NeighbourSettings>, message: RegExp) =>
    assert.throws(() => checkNeighbourSettings({ ...good, ...wrong }), { name: "ParameterError", message });
  refused({ window: 0 }, /^window:/);
  for (const backward of [-1, 1.5, NaN]) refused({ backward }, /^backward: .*0 to 1/);
  for (const power of [-0.1, 2, NaN]) refused({ power }, /^power: .*0 to 1/);
  for (const decay of [0, -1, 1.01, NaN]) refused({ decay }, /^decay: .*above 0 and at most 1/);
  for (const text of [-1, NaN, Infinity]) refused({ smoothing: { ...smoothing, text } }, /^smoothing\.text:/);
  refused(
    { smoothing: { counts: 0, toSimilar: 0, fromSimilar: 0, text: 0 } },
    /^smoothing: expected a weight above 0/,
  );
});
