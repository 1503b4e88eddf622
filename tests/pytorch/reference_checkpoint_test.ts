import assert from "node:assert/strict";
import { toReferenceNames } from "../../lib/files/pytorch/reference_names.ts";
import { createUniSRec } from "../../lib/systems/unisrec/model.ts";
import { readReferenceCheckpoint } from "../../lib/files/pytorch/reference_checkpoint.ts";

/** Written by PyTorch with RecBole's configuration and Adam's state: see write_reference_checkpoint.py. */
const path = new URL("reference_checkpoint.pth", import.meta.url).pathname;
const sizes = { maxLength: 3, featureSize: 4, hiddenSize: 2, innerSize: 3, layers: 1, heads: 1, experts: 2 };

Deno.test("a checkpoint that PyTorch has written is read, number by number", async () => {
  const { parameters, skipped } = await readReferenceCheckpoint(path);
  assert.deepEqual(skipped, ["plm_embedding.weight"]);
  for (const [name, { shape }] of Object.entries(createUniSRec(5, sizes).parameters)) {
    assert.deepEqual(parameters[name]?.shape, shape, name);
  }
  for (const [name, { values }] of Object.entries(toReferenceNames(parameters, path))) {
    const first = new TextEncoder().encode(name).reduce((sum, byte) => sum + byte, 0);
    assert.deepEqual(values, Float32Array.from(values, (_, i) => first + i / 128), name);
  }
});
