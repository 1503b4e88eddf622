import assert from "node:assert/strict";
import { measureSettings } from "../../experiments/select.ts";
import { resultOf } from "../../experiments/test_helpers.ts";
import { costTable } from "./cost_table.ts";

Deno.test("memory is given in MiB, left out where it was not measured; a learning rate has all its digits", () => {
  const costing = (system: string, memory: number) => {
    const result = resultOf(system, 3e-5, [0, 0]);
    return { ...result, cost: { ...result.cost, memory, secondsPerEpoch: 0.5 } };
  };
  const settings = measureSettings([costing("SASRec", 3 * 2 ** 20), costing("FDSA", 0)]);
  const { columns, rows } = costTable(settings);
  const column = (wanted: string) => rows.map((row) => row[columns.findIndex(({ name }) => name === wanted)]);
  assert.deepEqual(column("memory_mib"), [3, null]);
  assert.deepEqual(column("learning_rate"), ["0.00003", "0.00003"]);
  assert.deepEqual(column("seconds_per_epoch"), [0.5, 0.5]);
  assert.ok(rows.every((row) => row.length === columns.length));
});
