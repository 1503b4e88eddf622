import { fileURLToPath } from "node:url";
import { countOf } from "../../count_of.ts";
import { printable } from "../../printable.ts";
import { writeEvents } from "../tensorboard/write_events.ts";
import { main, readCommandLine } from "./command_line.ts";

const usage = "deno task tensorboard [--runs FOLDER]";
const out = fileURLToPath(new URL("../../../tensorboard", import.meta.url));

/** `deno task tensorboard`: writes the curves of all trainings for TensorBoard. */
await main(async () => {
  const { values: { runs } } = readCommandLine(usage, {
    options: { runs: { type: "string", default: "runs" } },
  });
  const { trainings, damaged } = await writeEvents(runs, out);
  for (const line of damaged) console.log(printable(`passed over: ${line}`));
  console.log(`${countOf(trainings.length, "training")} in ${out}: tensorboard --logdir ${out}`);
  return true;
});
