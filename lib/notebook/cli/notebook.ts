import { checkProfile } from "../../data/profile.ts";
import { ParameterError } from "../../errors.ts";
import { profileFolder } from "../../figures/output/save.ts";
import { findNotebook, listNotebooks } from "../running/notebooks.ts";
import { produce } from "../running/produce.ts";
import { main, readCommandLine, readSettings, readTimeout } from "./command_line.ts";

const usage = "deno task notebook NAME [--profile PROFILE] [--set name=value]… [--timeout SECONDS]";

/** `deno task notebook`: runs one notebook with other parameters. */
await main(async () => {
  const { values: options, positionals } = readCommandLine(usage, {
    options: {
      profile: { type: "string", default: "sample" },
      set: { type: "string", multiple: true, default: [] },
      timeout: { type: "string" },
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
  await checkProfile(options.profile);
  const notebook = findNotebook(await listNotebooks(), positionals[0]);
  const { failure } = await produce(
    notebook,
    options.profile,
    values,
    readTimeout(options.timeout, options.profile),
  );
  console.log(`Outputs are in ${profileFolder(options.profile)}`);
  return failure === null;
});
