import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { writeEvents } from "./write_events.ts";

const epoch = (at: number, loss: number) =>
  JSON.stringify({
    epoch: at,
    loss,
    parts: { first: 2 },
    metric: null,
    instances: 10,
    seconds: 2,
    validationSeconds: 1,
  }) + "\n";

Deno.test("every training's log becomes a folder of events; a damaged one is said", () =>
  withTemporaryFolder(async (folder) => {
    for (const name of ["a-b", "damaged", "nothing"]) {
      await Deno.mkdir(`${folder}/runs/${name}`, { recursive: true });
    }
    await Deno.writeTextFile(`${folder}/runs/a-b/log.jsonl`, epoch(0, 6) + epoch(1, 5));
    await Deno.writeTextFile(`${folder}/runs/damaged/log.jsonl`, epoch(1, 6));
    const { trainings, damaged } = await writeEvents(`${folder}/runs`, `${folder}/out`);
    assert.deepEqual(trainings, ["a-b"]);
    assert.equal(damaged.length, 1);
    assert.match(damaged[0], /damaged\/log\.jsonl/);
    const text = new TextDecoder("latin1").decode(
      await Deno.readFile(`${folder}/out/a-b/events.out.tfevents.0.unisrec`),
    );
    for (const tag of ["loss", "loss/first", "instances per second"]) assert.ok(text.includes(tag), tag);
    assert.ok(!text.includes("validation metric"));
  }));

Deno.test("a folder of runs that is not there has no trainings", () =>
  withTemporaryFolder(async (folder) => {
    assert.deepEqual(await writeEvents(`${folder}/runs`, `${folder}/out`), { trainings: [], damaged: [] });
  }));
