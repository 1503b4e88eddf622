import assert from "node:assert/strict";
import { defaultThreads, threadsVariable } from "./threads.ts";

/** Does something with the variable set, or left out, and sets it back. */
function withVariable(value: string | undefined, action: () => void) {
  const before = Deno.env.get(threadsVariable);
  const set = (value: string | undefined) =>
    value === undefined ? Deno.env.delete(threadsVariable) : Deno.env.set(threadsVariable, value);
  set(value);
  try {
    action();
  } finally {
    set(before);
  }
}

Deno.test("threads are what the environment says, else all processors", () => {
  withVariable(undefined, () => assert.equal(defaultThreads(), navigator.hardwareConcurrency));
  withVariable("3", () => assert.equal(defaultThreads(), 3));
  for (const wrong of ["0", "-1", "1.5", "two", ""]) {
    withVariable(wrong, () => {
      assert.throws(defaultThreads, { name: "ParameterError", message: /^UNISREC_THREADS: / });
    });
  }
});
