import { startKernel } from "../lib/notebook/kernel/kernel.ts";

/** Runs a kernel that computes for ever; writes its process ID and its connection's folder first. */
const kernel = await startKernel(".");
const code = 'console.log(Deno.pid + " " + Deno.env.get("TMPDIR"));';
await kernel.execute(code, 60, ({ type, content }) => {
  if (type === "stream") console.log(String(content.text).trim().replace(/\/tmp$/, ""));
});
await kernel.execute("for (;;);", 600, () => {}).finally(kernel.stop);
