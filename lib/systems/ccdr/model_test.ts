import assert from "node:assert/strict";
import { createCcdr } from "./model.ts";
import { createSasRec } from "../sasrec/model.ts";

Deno.test("CCDR has SASRec's parameters and settings, so that the two compare", () => {
  const [ccdr, sasrec] = [createCcdr, createSasRec].map((create) =>
    create(10, { hiddenSize: 8, maxLength: 7 })
  );
  assert.equal(ccdr.name, "CCDR");
  assert.deepEqual(ccdr.parameters, sasrec.parameters);
  assert.deepEqual(ccdr.config, sasrec.config);
});

Deno.test("CCDR refuses sizes it cannot have", () => {
  assert.throws(() => createCcdr(0), { name: "ParameterError", message: /^items: .* found 0/ });
});
