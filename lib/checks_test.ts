import assert from "node:assert/strict";
import fc from "fast-check";
import { checkDistinct, checkPositiveInteger, checkPositiveNumber, show } from "./checks.ts";

Deno.test("a positive integer is a number, not a text or a list of one", () => {
  checkPositiveInteger("epochs", 1, "");
  for (const [value, shown] of [["5", '"5"'], [[5], "\\[5\\]"], [2.5, "2.5"], [Infinity, "Infinity"]]) {
    assert.throws(() => checkPositiveInteger("epochs", value as number, "Use 1."), {
      name: "ParameterError",
      message: RegExp(`^epochs: expected a positive integer, but found ${shown}\\. Use 1\\.$`),
    });
  }
});

Deno.test("a positive number may be a fraction, and is finite", () => {
  checkPositiveNumber("learningRate", 1e-4, "");
  for (const value of [0, -1, NaN, Infinity, "0.5" as unknown as number]) {
    assert.throws(() => checkPositiveNumber("learningRate", value, ""), { name: "ParameterError" });
  }
});

Deno.test("values of different types are shown differently", () => {
  const shown = [5, "5", [5], NaN, null, "null", undefined, Infinity, true].map(show);
  assert.equal(new Set(shown).size, shown.length);
});

Deno.test("a list must have a value, and none twice", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.nat(), (values, at) => {
    checkDistinct("seeds", values);
    assert.throws(() => checkDistinct("seeds", [...values, values[at % values.length]]), {
      name: "ParameterError",
      message: /^seeds: expected one value or more, each once/,
    });
  }));
  assert.throws(() => checkDistinct("seeds", []), { name: "ParameterError", message: /an empty list/ });
});
