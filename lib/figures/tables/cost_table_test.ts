import assert from "node:assert/strict";
import { costTable } from "./cost_table.ts";

Deno.test("memory is given in MiB, left out where it was not measured; a learning rate has all its digits", () => {
  const cost = {
    system: "SASRec",
    dataset: "Studio",
    learningRate: 3e-5,
    hiddenSize: 32,
    parameters: 20_000,
    trainedParameters: 20_000,
    epochs: 7,
    secondsPerEpoch: 0.5,
    pretrainingEpochs: 0,
    pretrainingSeconds: 0,
    engine: "onnx-webgpu, 16 processors",
    seconds: 4,
  };
  const { columns, rows } = costTable([{ ...cost, memory: 3 * 2 ** 20 }, { ...cost, memory: 0 }]);
  const memory = columns.findIndex(({ name }) => name === "memory_mib");
  assert.deepEqual(rows.map((row) => row[memory]), [3, null]);
  assert.equal(rows[0][columns.findIndex(({ name }) => name === "learning_rate")], "0.00003");
  assert.ok(rows.every((row) => row.length === columns.length));
});
