import { checkCells } from "../running/check_cells.ts";
import { listNotebooks } from "../running/notebooks.ts";
import { main } from "./command_line.ts";

/** The second half of `deno task check`: the types in the notebooks' code cells. */
await main(async () => {
  const notebooks = await listNotebooks();
  const messages = await checkCells(notebooks);
  if (messages) console.error(messages);
  else console.log(`${notebooks.length} notebooks: types are right in every code cell`);
  return messages === "";
});
