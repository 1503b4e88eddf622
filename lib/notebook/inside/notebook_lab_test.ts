import assert from "node:assert/strict";
import { smallDomain } from "../../../tests/small_domain.ts";
import { describeDomains, openNotebookLab } from "./notebook_lab.ts";

const domain = smallDomain();

Deno.test("a notebook's reader is told which domains there are and what encoded their texts", () => {
  const size = `${domain.userIds.length} users, ${domain.itemIds.length} items`;
  assert.equal(
    describeDomains({ targets: [domain], sources: [{ ...domain, name: "Other" }] }, "some/bert"),
    `Target: **Small** (${size}). Pre-training on **Other** (${size}). Texts encoded by some/bert.`,
  );
  const bare = { ...domain, features: null, itemTexts: null };
  assert.equal(
    describeDomains({ targets: [bare, { ...bare, name: "Second" }], sources: [] }, null),
    `Targets: **Small** (${size}), **Second** (${size}).`,
  );
});

Deno.test("a training is watched under the name that the notebook gives it", async () => {
  const { log } = console;
  const lines: string[] = [];
  console.log = (line: string) => void lines.push(line);
  try {
    const lab = await openNotebookLab({ engineName: "onnx-cpu", runs: null });
    const sizes = { hiddenSize: 8, layers: 1, maxLength: 10 };
    const options = { sizes, epochs: 1, batchSize: 64, label: "small" };
    await (await lab.train("SASRec", domain, options)).release();
    assert.deepEqual(Object.keys(lab.curves), ["small"]);
  } finally {
    console.log = log;
  }
  assert.match(lines[0], /ONNX Runtime/);
  assert.match(lines.at(-1)!, /^small: 1 epoch/);
});
