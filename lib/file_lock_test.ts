import assert from "node:assert/strict";
import { withTemporaryFolder } from "../tests/with_temporary_folder.ts";
import { lockFile, tryLock } from "./file_lock.ts";

/** Prints the flags, in octal, of the descriptors under which the parent process has a file open. */
const flagsOfParent = `
for descriptor in /proc/$PPID/fd/*; do
  [ "$(readlink "$descriptor")" = "$0" ] && grep flags "/proc/$PPID/fdinfo/\${descriptor##*/}"
done`;

Deno.test({
  name: "what is locked is open for writing, as NFS wants it",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withTemporaryFolder(async (folder) => {
      using _lock = await lockFile(`${folder}/lock`);
      const path = Deno.realPathSync(`${folder}/lock`);
      const { stdout } = await new Deno.Command("sh", { args: ["-c", flagsOfParent, path] }).output();
      const flags = [...new TextDecoder().decode(stdout).matchAll(/^flags:\s*(\d+)$/gm)];
      assert.equal(flags.length, 1);
      const accessMode = parseInt(flags[0][1], 8) & 0o3; // 0 is reading only
      assert.notEqual(accessMode, 0);
    }),
});

Deno.test("a file that another process has locked is waited for", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/lock`;
    const other = await lockFile(path);
    const order: string[] = [];
    const locked = lockFile(path, () => order.push("waits")).then((file) => {
      order.push("has the lock");
      return file;
    });
    while (order.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    order.push("the other ends");
    other.close();
    using _lock = await locked;
    assert.deepEqual(order, ["waits", "the other ends", "has the lock"]);
  }));

Deno.test("where the file system has no locks the work goes on, and that is said; other errors are thrown", async () => {
  const { warn } = console;
  const said: string[] = [];
  console.warn = (line: string) => void said.push(line);
  const failing = (code: string) => ({
    tryLock: () => Promise.reject(Object.assign(new Error(code), { code })),
  });
  try {
    assert.equal(await tryLock(failing("ENOLCK"), "runs/a/lock"), true);
    await assert.rejects(tryLock(failing("EBADF"), "runs/a/lock"), /EBADF/);
  } finally {
    console.warn = warn;
  }
  assert.equal(said.length, 1);
  assert.match(said[0], /^runs\/a\/lock: the file system has no locks/);
});
