import { checkCells } from "../running/check_cells.ts";
import { listNotebooks } from "../running/notebooks.ts";
import { main, readCommandLine } from "./command_line.ts";
import { runDeno } from "./run_deno.ts";

/** `deno task check`: the types in lib and tests, then those in the notebooks' code cells. */
await main(async () => {
  readCommandLine("deno task check", { options: {} });
  if (!await runDeno("check", "--quiet", "lib", "tests")) return false;
  const notebooks = await listNotebooks();
  const messages = await checkCells(notebooks);
  if (messages) console.error(messages);
  else console.log(`${notebooks.length} notebooks: types are right in every code cell`);
  return messages === "";
});
