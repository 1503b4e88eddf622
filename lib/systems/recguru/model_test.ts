import assert from "node:assert/strict";
import { createRecGuru, createRecGuruNetwork } from "./model.ts";
import { createSasRec } from "../sasrec/model.ts";

const sizes = { hiddenSize: 8, innerSize: 6, maxLength: 5 };

Deno.test("RecGURU recommends as SASRec does", () => {
  const { name, ...model } = createRecGuru(10, sizes);
  assert.equal(name, "RecGURU");
  assert.deepEqual(model.parameters, createSasRec(10, sizes).parameters);
  assert.deepEqual(model.config, createSasRec(10, sizes).config);
});

Deno.test("the network adds a decoder and a discriminator under names of their own", () => {
  const { model, parameters } = createRecGuruNetwork(10, 3, sizes);
  for (const [name, spec] of Object.entries(model.parameters)) assert.deepEqual(parameters[name], spec);
  const added = Object.keys(parameters).filter((name) => !(name in model.parameters));
  assert.ok(added.every((name) => /^(decoder|discriminator)\./.test(name)));
  assert.deepEqual(parameters["decoder.positions.embedding"].shape, [5, 8]);
  assert.deepEqual(parameters["decoder.inner.kernel"].shape, [8, 6]);
  assert.deepEqual(parameters["discriminator.domains"].shape, [3, 8]);
});

Deno.test("RecGURU refuses sizes it cannot have", () => {
  assert.throws(() => createRecGuru(0), { name: "ParameterError", message: /^items: .* found 0/ });
  assert.throws(() => createRecGuruNetwork(10, 2, { heads: 7 }), {
    name: "ParameterError",
    message: /^hiddenSize: /,
  });
});
