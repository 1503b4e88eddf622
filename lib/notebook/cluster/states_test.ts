import assert from "node:assert/strict";
import { noteEnd } from "../../experiments/lists/ended.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { parseQueue, readJobs, stateOf } from "./states.ts";

Deno.test("Slurm's queue is read job by job, those of arrays and others", () => {
  const text = `17 3 PENDING 0:00  JobArrayTaskLimit
17 1 RUNNING 1-02:03:04 node1 None
18 N/A PENDING 0:00  Dependency
`;
  assert.deepEqual(parseQueue(text), [
    { job: "17_3", isRunning: false, detail: "JobArrayTaskLimit" },
    { job: "17_1", isRunning: true, detail: "1-02:03:04 on node1" },
    { job: "18", isRunning: false, detail: "Dependency" },
  ]);
  assert.deepEqual(parseQueue(""), []);
});

Deno.test("of a training's jobs the last one counts", () =>
  withTemporaryFolder(async (list) => {
    assert.deepEqual(await readJobs(list), new Map());
    await Deno.writeTextFile(`${list}/jobs`, "1 17_1\n2 17_2\n0 18\n2 19_2\n");
    assert.deepEqual(await readJobs(list), new Map([[1, "17_1"], [2, "19_2"], [0, "18"]]));
  }));

Deno.test("the queue says what has not ended, the list's notes how the others did", () =>
  withTemporaryFolder(async (list) => {
    await Deno.mkdir(`${list}/ended`);
    await Deno.mkdir(`${list}/logs`);
    await noteEnd(list, 1, { error: null, seconds: 3 });
    await noteEnd(list, 2, { error: "no memory", seconds: 3 });
    await Deno.writeTextFile(`${list}/logs/3.log`, "begun");
    const states = [];
    for (const number of [1, 2, 3, 4]) states.push((await stateOf(list, number, undefined)).state);
    assert.deepEqual(states, ["done", "failed", "stopped", "not begun"]);
    const job = { job: "1_2", isRunning: true, detail: "0:03 on node1" };
    assert.deepEqual(await stateOf(list, 2, job), { state: "running", detail: "0:03 on node1" });
  }));
