import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { lockRun } from "./run_lock.ts";

/** Opens what is locked, as another process would. */
const openLock = (folder: string) => Deno.open(`${folder}/lock`, { write: true, create: true });

Deno.test("a run that another process trains is waited for", () =>
  withTemporaryFolder(async (folder) => {
    const other = await openLock(folder);
    await other.lock(true);
    const order: string[] = [];
    const locked = lockRun(folder, () => order.push("waits")).then((lock) => {
      order.push("has the lock");
      return lock;
    });
    while (order.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    order.push("the other ends");
    other.close();
    using _lock = await locked;
    assert.deepEqual(order, ["waits", "the other ends", "has the lock"]);
  }));

Deno.test("a lock keeps others out until it is disposed of", () =>
  withTemporaryFolder(async (folder) => {
    using other = await openLock(folder);
    {
      using _lock = await lockRun(folder);
      assert.equal(await other.tryLock(true), false);
    }
    assert.equal(await other.tryLock(true), true);
  }));

Deno.test("what an interrupted cell of this process has left locked is taken over, and stays locked", () =>
  withTemporaryFolder(async (folder) => {
    const left = await lockRun(folder);
    using _lock = await lockRun(folder, () => assert.fail("waits for itself"));
    left[Symbol.dispose]();
    using other = await openLock(folder);
    assert.equal(await other.tryLock(true), false);
  }));
