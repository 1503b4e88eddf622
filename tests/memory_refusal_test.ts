import assert from "node:assert/strict";
import { openLab } from "../lib/systems/lab.ts";

Deno.test("a hidden size that no machine has the memory for is refused before the training begins", async () => {
  const { target } = await (await openLab({ runs: null })).load("sample");
  for (
    const [system, runs] of [["SASRec", "/nowhere"], ["UniSRec t+ID", null], ["BERT4Rec", null], [
      "FDSA",
      null,
    ]] as const
  ) {
    const lab = await openLab({ runs });
    await assert.rejects(lab.train(system, target, { sizes: { hiddenSize: 1e9 } }), {
      name: "ParameterError",
      message:
        /^memory of the training: expected at most .*, but found at least [\d.]+ EB .* Lower hiddenSize/,
    });
  }
});
