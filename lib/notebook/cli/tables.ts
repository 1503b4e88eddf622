import { countOf } from "../../count_of.ts";
import { exists } from "../../data/files.ts";
import { archiveName, listArchives, unpackArchive } from "../../experiments/archives.ts";
import { type KeptResults, listResults } from "../../experiments/list_results.ts";
import { ParameterError } from "../../errors.ts";
import { figuresFolder, outputPlace } from "../../figures/output/place.ts";
import { saveTable } from "../../figures/output/save.ts";
import { toText } from "../../figures/output/table_text.ts";
import { datasetsTable } from "../../figures/tables/datasets_table.ts";
import { printable } from "../../printable.ts";
import { findNumbers, tablesOfResults } from "../running/kept_tables.ts";
import { terminalWidth } from "../running/main_table.ts";
import { main, readCommandLine } from "./command_line.ts";

const usage = "deno task tables [--profile NAME]… [--runs FOLDER] [--out NAME]";

/** `deno task tables`: makes notebook 5's tables of kept results alone, and says which saved numbers they give again. */
await main(async () => {
  const { values: options } = readCommandLine(usage, {
    options: {
      profile: { type: "string", multiple: true, default: [] },
      runs: { type: "string" },
      out: { type: "string", default: "kept" },
    },
  });
  const kept = options.runs === undefined
    ? await fromArchives(options.profile)
    : await fromRuns(options.runs);
  const all: KeptResults["results"] = [];
  let damaged = 0;
  for (const [profile, { results, damaged: lines }] of kept) {
    damaged += lines.length;
    for (const line of lines) console.error(printable(`not a result of this version: ${line}`));
    if (options.profile.length > 0 && !options.profile.includes(profile)) continue;
    all.push(...results);
    const made = await tablesOfResults(results);
    for (const [name, table] of Object.entries(made.tables)) {
      await saveTable(outputPlace(profile, options.out), name, table);
    }
    for (const name of ["table-3", "table-beyond"]) {
      if (made.tables[name]) console.log(toText(made.tables[name], terminalWidth()));
      const saved = `${figuresFolder}${profile}/${name}.csv`;
      if (!await exists(saved)) continue;
      const { numbers, same, lacking } = findNumbers(await Deno.readTextFile(saved), made);
      const without = lacking.length === 0 ? "" : `; no kept result gives those of ${lacking.join(", ")}`;
      console.log(
        printable(
          `${same} of ${countOf(numbers, "number")} in figures/${profile}/${name}.csv made anew${without}.\n`,
        ),
      );
    }
  }
  if (all.length === 0) console.log("No kept result.");
  else {
    const { rows, systemOf } = await tablesOfResults(all);
    const table = datasetsTable(rows, [...systemOf.keys()]);
    await saveTable(options.out, "table-datasets", table);
    console.log(toText(table, terminalWidth()));
    console.log(
      `Made of ${countOf(all.length, "kept result")}, without data or training: ` +
        `figures/${options.out}/table-datasets and figures/<profile>/${options.out}/.`,
    );
  }
  return damaged === 0;
});

/** Reads the archives of all profiles, each unpacked into a temporary folder of runs. */
async function fromArchives(profiles: readonly string[]): Promise<[string, KeptResults][]> {
  const found = await listArchives(figuresFolder);
  const unknown = profiles.find((profile) => !found.includes(profile));
  if (unknown !== undefined) {
    throw new ParameterError({
      where: "--profile",
      expected: `one of ${found.join(", ")}, which have figures/<profile>/${archiveName}`,
      found: unknown,
      advice: "Train it with notebook 5, and read what that leaves: --runs runs.",
    });
  }
  const kept: [string, KeptResults][] = [];
  for (const profile of found) {
    const runs = await Deno.makeTempDir();
    try {
      await unpackArchive(`${figuresFolder}${profile}/${archiveName}`, runs);
      kept.push([profile, await listResults(runs)]);
    } finally {
      await Deno.remove(runs, { recursive: true });
    }
  }
  return kept;
}

/** Reads a folder of runs, data set by data set. */
async function fromRuns(runs: string): Promise<[string, KeptResults][]> {
  const { results, unfinished, damaged } = await listResults(runs);
  const byDataset = Map.groupBy(results, ({ experiment }) => experiment.dataset);
  return [...byDataset].map(([dataset, results], at) => [
    dataset,
    { results, unfinished, damaged: at === 0 ? damaged : [] },
  ]);
}
