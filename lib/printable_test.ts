import assert from "node:assert/strict";
import fc from "fast-check";
import { printable } from "./printable.ts";
import { ParameterError } from "./errors.ts";

Deno.test("letters of all scripts, tabs and newlines stay", () => {
  for (const text of ["", "a\tb\nc", "é 漢字 ע 👩‍🚀", "\ufffd\ufeff"]) assert.equal(printable(text), text);
});

Deno.test("whatever the text, nothing is left that a terminal obeys or that is no character", () => {
  const hostile = fc.string({
    unit: fc.constantFrom(
      "a",
      "\x1b",
      "[2J",
      "\x9b",
      "\0",
      "\b",
      "\r",
      "\n",
      "\x7f",
      "\ud83d",
      "\udc69",
      "\ufffe",
    ),
  });
  fc.assert(fc.property(hostile, (text) => {
    const clean = printable(text);
    assert.doesNotMatch(clean, /[^\P{Cc}\t\n]|[\ufffe\uffff]/u);
    assert.ok(clean.isWellFormed());
    assert.equal(printable(clean), clean);
  }));
});

Deno.test("messages of errors show nothing of the kind, wherever their parts come from", () => {
  const problem = { where: "a\x1b[2Jb.csv", expected: "c", found: "\x9b31m", advice: "\0" };
  const { message } = new ParameterError(problem);
  assert.equal(message, printable(message));
});
