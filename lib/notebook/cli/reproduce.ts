import { basename } from "node:path";
import { checkProfile } from "../../data/profile.ts";
import { changedNumbers, readChecksums } from "../../figures/output/checksums.ts";
import { profileFolder } from "../../figures/output/save.ts";
import { printable } from "../../printable.ts";
import { formatDuration } from "../pages/format.ts";
import { readNotebook } from "../running/notebook_file.ts";
import { listNotebooks } from "../running/notebooks.ts";
import { distributeParameters } from "../running/parameters.ts";
import { produce } from "../running/produce.ts";
import { runAll } from "../running/run_all.ts";
import { main, readCommandLine, readSettings, readTimeout } from "./command_line.ts";

const usage = "deno task reproduce [--profile PROFILE] [--set name=value]… [--timeout SECONDS]";

/** `deno task reproduce`: runs every notebook and says what was made. */
await main(async () => {
  const { values: { profile, set, timeout } } = readCommandLine(usage, {
    options: {
      profile: { type: "string", default: "sample" },
      set: { type: "string", multiple: true, default: [] },
      timeout: { type: "string" },
    },
  });
  const limit = readTimeout(timeout, profile);
  const paths = await listNotebooks();
  const nameOf = (path: string) => basename(path, ".ipynb");
  const notebooks = await Promise.all(
    paths.map(async (path) => [nameOf(path), await readNotebook(path)] as const),
  );
  const values = distributeParameters(Object.fromEntries(notebooks), readSettings(set));
  await checkProfile(profile);
  const start = performance.now();
  const before = await readChecksums(profile);
  const outcomes = await runAll(paths, (path) => produce(path, profile, values[nameOf(path)], limit));
  const after = await readChecksums(profile);

  for (const { name, seconds, failure } of outcomes) {
    const outcome = failure === null ? "done" : `failed in ${failure}`;
    console.log(printable(`${name.padEnd(30)} ${formatDuration(seconds).padStart(12)}  ${outcome}`));
  }
  const failed = outcomes.filter(({ failure }) => failure !== null).length;
  const folder = profileFolder(profile);
  const madeFiles = [...Deno.readDirSync(folder)].map(({ name }) => name);
  const count = (extension: string) => madeFiles.filter((name) => name.endsWith(extension)).length;
  console.log(
    `\n${count(".csv")} tables and ${count(".svg")} figures in ${folder}\n` +
      `Overview: ${folder}/index.html\n` +
      (before && after ? `Numbers: ${describeChange(changedNumbers(before, after))}\n` : "") +
      `notebooks: ${outcomes.length - failed} passed, ${failed} failed in ` +
      formatDuration((performance.now() - start) / 1000),
  );
  return failed === 0;
});

function describeChange(changed: string[]): string {
  return changed.length === 0 ? "the same as before" : `others than before in ${changed.join(", ")}`;
}
