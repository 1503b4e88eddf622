import assert from "node:assert/strict";
import { StorageError } from "../../errors.ts";
import { listNotebooks } from "./notebooks.ts";
import { produce } from "./produce.ts";

Deno.test("a folder of outputs that is read-only is said before the notebook runs", async () => {
  const [notebook] = await listNotebooks();
  const { writeFileSync, Command } = Deno;
  let started = false;
  Deno.writeFileSync = () => {
    throw Object.assign(new Error(), { code: "EROFS" });
  };
  Deno.Command = class extends Command {
    constructor(...args: ConstructorParameters<typeof Command>) {
      super(...args);
      started = true;
    }
  };
  try {
    await assert.rejects(
      produce(notebook, "sample", {}, 60),
      (error: Error) => error instanceof StorageError && /sample\/notebooks: .*read-only/.test(error.message),
    );
    assert.equal(started, false);
  } finally {
    Object.assign(Deno, { writeFileSync, Command });
  }
});
