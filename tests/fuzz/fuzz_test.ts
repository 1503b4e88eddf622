import assert from "node:assert/strict";
import { withTemporaryFolder } from "../with_temporary_folder.ts";
import { createGenerator } from "../../lib/random.ts";
import { startFuzzer } from "./fuzz_reader.ts";
import { mutate } from "./mutate.ts";
import { encode } from "./reader.ts";

for (const kind of ["untyped", "wrong", "hang"] as const) {
  Deno.test(`the fuzzer finds a reader's fault: ${kind}`, () =>
    withTemporaryFolder(async (folder) => {
      const fuzzer = startFuzzer(1000);
      const { counts, faults, inputs } = await fuzzer.fuzz(`planted: ${kind}`, folder, 1, 4000);
      fuzzer.end();
      assert(counts[kind] > 0, JSON.stringify(counts));
      assert(counts.typed > 0 && counts.accepted > 0, JSON.stringify(counts));
      assert.equal(inputs, Object.values(counts).reduce((a, b) => a + b));
      for (const other of ["untyped", "wrong", "hang"] as const) {
        assert(other === kind || counts[other] === 0);
      }
      assert(faults.length > 0 && faults.every(({ outcome }) => outcome === kind));
    }));
}

Deno.test("a seed gives the same damage again, and another seed another", () => {
  const original = encode(JSON.stringify({ epoch: 3, losses: [1, 2.5, null], name: "a b" }));
  const damage = (seed: number) => mutate(createGenerator(seed), original);
  for (let seed = 0; seed < 200; seed++) assert.deepEqual(damage(seed), damage(seed));
  const different = new Set(Array.from({ length: 200 }, (_, seed) => damage(seed).join()));
  assert(different.size > 150, `${different.size}`);
  assert.equal(new TextDecoder().decode(original), '{"epoch":3,"losses":[1,2.5,null],"name":"a b"}');
});
