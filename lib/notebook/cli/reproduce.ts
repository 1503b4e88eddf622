import { basename } from "node:path";
import { hasCatalogue } from "../../data/catalogue/find_catalogue.ts";
import { checkProfile } from "../../data/profile.ts";
import { changedNumbers, readChecksums } from "../../figures/output/checksums.ts";
import { outputFolder } from "../../figures/output/place.ts";
import { printable } from "../../printable.ts";
import { formatDuration } from "../pages/format.ts";
import { readNotebook } from "../running/notebook_file.ts";
import { listNotebooks } from "../running/notebooks.ts";
import { distributeParameters } from "../running/parameters.ts";
import { placeOf } from "../running/output_name.ts";
import { produce } from "../running/produce.ts";
import { hasGrid } from "../running/list_grid.ts";
import { runAll } from "../running/run_all.ts";
import { readJobs, trainSideBySide } from "../running/side_by_side.ts";
import { main, readCommandLine, readSettings, readTimeout } from "./command_line.ts";

const usage =
  "deno task reproduce [--profile PROFILE] [--quick] [--set name=value]… [--out NAME] [--timeout SECONDS] [--jobs N]";

/** The notebook for catalogues of one's own, which other data sets are none of. */
const ownDataNotebook = "10-your-own-data";

/** What `--quick` sets, where nothing else is said: it shows that everything works, and not what anything reaches. */
const quick = {
  epochs: 3,
  pretrainingEpochs: 1,
  seeds: [1],
  systemNames: ["SASRec", "Neighbours", "UniSRec t", "UniSRec t+ID"],
};
const quickNote =
  "Quick: one seed, three epochs, four systems. Leave --quick out for numbers that mean something.";

/** `deno task reproduce`: runs every notebook and says what was made. */
await main(async () => {
  const { values: { profile, quick: isQuick, set, out, timeout, jobs: jobsText } } = readCommandLine(usage, {
    options: {
      profile: { type: "string", default: "sample" },
      quick: { type: "boolean", default: false },
      set: { type: "string", multiple: true, default: [] },
      out: { type: "string" },
      timeout: { type: "string" },
      jobs: { type: "string" },
    },
  });
  const limit = readTimeout(timeout, profile);
  const paths = await listNotebooks();
  const nameOf = (path: string) => basename(path, ".ipynb");
  const notebooks = await Promise.all(
    paths.map(async (path) => [nameOf(path), await readNotebook(path)] as const),
  );
  const settings = { ...(isQuick ? quick : {}), ...readSettings(set) };
  const values = distributeParameters(Object.fromEntries(notebooks), settings);
  const place = placeOf(profile, out ?? (isQuick ? "quick" : undefined), settings);
  await checkProfile(profile);
  const isOwn = await hasCatalogue(profile);
  const start = performance.now();
  if (isQuick) console.log(`${quickNote}\n`);
  const before = await readChecksums(place);
  const own = ["interactionsFile", "itemsFile"].some((name) => name in settings);
  const isLeftOut = (path: string) => nameOf(path) === ownDataNotebook && !own && !isOwn;
  const left = paths.filter((path) => !isLeftOut(path));
  const jobs = readJobs(jobsText);
  const outcomes = await runAll(left, async (path) => {
    const own = values[nameOf(path)];
    if (jobs === null || !hasGrid(await readNotebook(path))) return await produce(path, place, own, limit);
    const trained = await trainSideBySide(path, place, own, limit, jobs);
    if (trained.failure !== null) throw new Error(trained.failure);
    return await produce(path, place, trained.values, limit);
  });
  const after = await readChecksums(place);

  for (const { name, seconds, failure } of outcomes) {
    const outcome = failure === null ? "done" : `failed in ${failure}`;
    console.log(printable(`${name.padEnd(30)} ${formatDuration(seconds).padStart(12)}  ${outcome}`));
  }
  if (left.length < paths.length) {
    console.log(
      `${ownDataNotebook.padEnd(30)} ${
        "".padStart(12)
      }  left out: ${profile} has no interactions.csv and items.csv`,
    );
  }
  const failed = outcomes.filter(({ failure }) => failure !== null).length;
  const folder = outputFolder(place);
  const madeFiles = [...Deno.readDirSync(folder)].map(({ name }) => name);
  const count = (extension: string) => madeFiles.filter((name) => name.endsWith(extension)).length;
  console.log(
    (isQuick ? `\n${quickNote}` : "") +
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
