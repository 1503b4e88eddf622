import { basename } from "node:path";
import { checkProfile } from "../../data/profile.ts";
import { profileFolder } from "../../figures/save.ts";
import { formatDuration } from "../format.ts";
import { listNotebooks } from "../notebooks.ts";
import { writeOverview } from "../overview.ts";
import { produce } from "../produce.ts";
import { main, readCommandLine, readTimeout } from "./command_line.ts";

const usage = "deno task reproduce [--profile PROFILE] [--timeout SECONDS]";

/** `deno task reproduce`: runs every notebook and says what was made. */
await main(async () => {
  const { values: { profile, timeout } } = readCommandLine(usage, {
    options: {
      profile: { type: "string", default: "sample" },
      timeout: { type: "string", default: "3600" },
    },
  });
  const limit = readTimeout(timeout);
  await checkProfile(profile);
  const start = performance.now();
  const reports = [];
  for (const notebook of await listNotebooks()) {
    reports.push({ name: basename(notebook, ".ipynb"), ...await produce(notebook, profile, {}, limit) });
  }
  const overview = await writeOverview(profile);

  for (const { name, seconds, failure } of reports) {
    const outcome = failure ? `failed in code cell ${failure.cell}` : "done";
    console.log(`${name.padEnd(30)} ${formatDuration(seconds).padStart(12)}  ${outcome}`);
  }
  const failed = reports.filter(({ failure }) => failure).length;
  const madeFiles = [...Deno.readDirSync(profileFolder(profile))].map(({ name }) => name);
  const count = (extension: string) => madeFiles.filter((name) => name.endsWith(extension)).length;
  console.log(
    `\n${count(".csv")} tables and ${count(".svg")} figures in ${profileFolder(profile)}\n` +
      `Overview: ${overview}\n` +
      `notebooks: ${reports.length - failed} passed, ${failed} failed in ` +
      formatDuration((performance.now() - start) / 1000),
  );
  return failed === 0;
});
