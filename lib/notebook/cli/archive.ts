import { countOf } from "../../count_of.ts";
import { loadProfile } from "../../data/profile.ts";
import { archiveName, packArchive } from "../../experiments/archives.ts";
import { listResults } from "../../experiments/list_results.ts";
import { describeTestUsers } from "../../experiments/kept_users.ts";
import { DataError, ParameterError } from "../../errors.ts";
import { figuresFolder, outputPlace } from "../../figures/output/place.ts";
import { printable } from "../../printable.ts";
import { main, readCommandLine } from "./command_line.ts";

const usage = "deno task archive DATA-SET [--runs FOLDER]";

/** `deno task archive`: adds the results of a data set to its archive, which `deno task tables` reads. */
await main(async () => {
  const { values: { runs }, positionals: [dataset, ...more] } = readCommandLine(usage, {
    options: { runs: { type: "string", default: "runs" } },
    allowPositionals: true,
  });
  const { results, damaged } = await listResults(runs);
  // of the same settings the newest: what has no code cannot be compared, and stays
  const own = results.filter((result) => result.experiment.dataset === dataset)
    .filter(({ ofOtherCode, code }) => !ofOtherCode || code === null);
  if (own.length === 0 || more.length > 0) {
    const known = [...new Set(results.map(({ experiment }) => experiment.dataset))].sort();
    throw new ParameterError({
      where: "command line",
      expected: `${usage}, the data set being one with results in ${runs}: ${known.join(", ") || "none"}`,
      found: [dataset, ...more].join(" ") || "none",
      advice: "Notebook 5 leaves results.",
    });
  }
  const { targets } = await loadProfile(dataset);
  const target = targets.find(({ name }) => name === dataset)!;
  const users = describeTestUsers(target);
  const other = own.find(({ ranks }) => ranks.test.length !== users.popularity.length);
  if (other) {
    throw new DataError({
      where: `${runs}/experiments/${other.file}`,
      expected: `ranks of ${users.popularity.length} users, as ${dataset} has`,
      found: String(other.ranks.test.length),
      advice: "It is of other data of that name: move it away.",
    });
  }
  const path = `${figuresFolder}${outputPlace(dataset)}/${archiveName}`;
  await Deno.mkdir(`${figuresFolder}${outputPlace(dataset)}`, { recursive: true });
  await packArchive(path, runs, own.map(({ file }) => file), users);
  console.log(
    printable(`${countOf(own.length, "result")} of ${dataset} in figures/${dataset}/${archiveName}.`),
  );
  for (const line of damaged) console.error(printable(`not a result of this version: ${line}`));
  return damaged.length === 0;
});
