import { basename } from "node:path";
import { checkProfile } from "../../data/profile.ts";
import { ParameterError } from "../../errors.ts";
import { outputFolder } from "../../figures/output/place.ts";
import { mainTable, terminalWidth } from "../running/main_table.ts";
import { findNotebook, listNotebooks } from "../running/notebooks.ts";
import { placeOf } from "../running/output_name.ts";
import { produce } from "../running/produce.ts";
import { readJobs, trainSideBySide } from "../running/side_by_side.ts";
import { main, readCommandLine, readSettings, readTimeout } from "./command_line.ts";

const usage =
  "deno task notebook NAME [--profile PROFILE] [--set name=value]… [--out NAME] [--timeout SECONDS] [--jobs N]";

/** `deno task notebook`: runs one notebook with other parameters. */
await main(async () => {
  const { values: options, positionals } = readCommandLine(usage, {
    options: {
      profile: { type: "string", default: "sample" },
      set: { type: "string", multiple: true, default: [] },
      out: { type: "string" },
      timeout: { type: "string" },
      jobs: { type: "string" },
    },
    allowPositionals: true,
  });
  if (positionals.length !== 1) {
    throw new ParameterError({
      where: "command line",
      expected: usage,
      found: `${positionals.length} names`,
      advice: "Name one notebook; `deno task reproduce` runs all of them.",
    });
  }
  const values = readSettings(options.set);
  const place = placeOf(options.profile, options.out, values);
  await checkProfile(options.profile);
  const notebook = findNotebook(await listNotebooks(), positionals[0]);
  const timeout = readTimeout(options.timeout, options.profile);
  const jobs = readJobs(options.jobs);
  const trained = jobs && await trainSideBySide(notebook, place, values, timeout, jobs);
  if (trained?.failure) return false;
  const { failure } = await produce(notebook, place, trained?.values ?? values, timeout);
  const table = failure === null && await mainTable(basename(notebook, ".ipynb"), place, terminalWidth());
  if (table) console.log(table);
  console.log(`Outputs are in ${outputFolder(place)}; the page to begin with is index.html there.`);
  return failure === null;
});
