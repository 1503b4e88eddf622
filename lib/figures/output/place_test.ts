import assert from "node:assert/strict";
import { outputFolder, outputPlace, partsOfPlace } from "./place.ts";

Deno.test("outputs go to the profile's folder, or to one of a name below it", () => {
  assert.equal(outputFolder(outputPlace("OR"), "/figures"), "/figures/OR");
  assert.equal(outputFolder(outputPlace("OR", "."), "/figures"), "/figures/OR");
  assert.equal(outputFolder(outputPlace("OR", "epochs=5,seed=2"), "/figures"), "/figures/OR/epochs=5,seed=2");
  assert.deepEqual(partsOfPlace(outputPlace("OR", "a")), { profile: "OR", out: "a" });
  assert.deepEqual(partsOfPlace(outputPlace("OR")), { profile: "OR", out: null });
});

Deno.test("a name that would lead elsewhere is refused", () => {
  for (const out of ["..", "", "a/b", "../OR", "ü", "a b", "notebooks", "/tmp", "a\\b"]) {
    assert.throws(() => outputPlace("OR", out), { name: "ParameterError", message: /^out: / }, out);
  }
  assert.throws(() => outputFolder("OR/a/b", "/figures"), { name: "ParameterError" });
  assert.throws(() => outputFolder("../OR", "/figures"), { name: "ParameterError" });
});
