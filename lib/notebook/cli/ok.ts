import { main, readCommandLine } from "./command_line.ts";
import { runDeno } from "./run_deno.ts";

/** `deno task ok`: everything that must hold before a commit, up to the first that does not. */
await main(async () => {
  readCommandLine("deno task ok", { options: {} });
  for (const command of ["fmt --check", "lint", "task check", "task test"]) {
    if (!await runDeno(...command.split(" "))) return false;
  }
  return true;
});
