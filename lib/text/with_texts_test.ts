import assert from "node:assert/strict";
import { smallDomain } from "../../tests/small_domain.ts";
import { DataError } from "../errors.ts";
import { withTexts } from "./with_texts.ts";

Deno.test("a domain keeps its own features beside its texts", () => {
  const domain = smallDomain({ items: 3 });
  const itemTexts = ["dog", "cat", "kettle"];
  assert.deepEqual(withTexts({ ...domain, itemTexts }), { ...domain, itemTexts });
});

Deno.test("a domain without texts is named", () => {
  assert.throws(
    () => withTexts(smallDomain()),
    (error) => error instanceof DataError && error.message.startsWith("data set Small: expected item texts"),
  );
});
