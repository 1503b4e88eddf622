import assert from "node:assert/strict";
import { inFolder } from "../../data/test_helpers.ts";
import { startKernel } from "../kernel/kernel.ts";

const library = new URL("./progress.ts", import.meta.url).href;
const work = `
  for (let done = 0; done < 100; done++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    progress.update(done);
  }`;

Deno.test("an interrupt ends work that shows its progress; the kernel and later work go on", async () => {
  await inFolder({}, async (folder) => {
    const kernel = await startKernel(folder);
    const run = async (code: string) => (await kernel.execute(code, 60, () => {})).content;
    const start = 'progress = createProgress({ title: "Work", total: 100, unit: "steps" });';
    try {
      await run(`import { createProgress } from "${library}"; let ${start}`);
      const interrupted = await run(`setTimeout(() => Deno.kill(Deno.pid, "SIGINT"), 300); ${work}`);
      assert.equal(interrupted.status, "error");
      assert.match(String(interrupted.evalue), /interrupted/);
      // one that comes while nothing runs is forgotten
      assert.equal((await run('Deno.kill(Deno.pid, "SIGINT")')).status, "ok");
      assert.equal((await run(start + work)).status, "ok");
    } finally {
      await kernel.stop();
    }
  });
});
