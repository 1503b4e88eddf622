import { countOf } from "../../count_of.ts";
import { exists } from "../../data/files.ts";
import { archiveName, listArchives, unpackArchive } from "../../experiments/archives.ts";
import { readTestUsers, type TestUsers } from "../../experiments/kept_users.ts";
import { type KeptResults, listResults } from "../../experiments/list_results.ts";
import { ParameterError } from "../../errors.ts";
import { figuresFolder, outputPlace } from "../../figures/output/place.ts";
import { saveFigure, saveTable } from "../../figures/output/save.ts";
import { toText } from "../../figures/output/table_text.ts";
import { datasetsTable } from "../../figures/tables/datasets_table.ts";
import { printable } from "../../printable.ts";
import { figuresOfResults } from "../running/kept_figures.ts";
import { findNumbers, tablesOfResults } from "../running/kept_tables.ts";
import { terminalWidth } from "../running/main_table.ts";
import { main, readCommandLine } from "./command_line.ts";

const usage = "deno task tables [--profile NAME]… [--runs FOLDER] [--figures] [--out NAME]";

/** `deno task tables`: makes notebook 5's tables of kept results alone, and says which saved numbers they give again. */
await main(async () => {
  const { values: options } = readCommandLine(usage, {
    options: {
      profile: { type: "string", multiple: true, default: [] },
      runs: { type: "string" },
      figures: { type: "boolean", default: false },
      out: { type: "string", default: "kept" },
    },
  });
  const kept = options.runs === undefined
    ? await fromArchives(options.profile)
    : await fromRuns(options.runs);
  const all: KeptResults["results"] = [];
  let damaged = 0;
  for (const [profile, { results, damaged: lines, users }] of kept) {
    damaged += lines.length;
    for (const line of lines) console.error(printable(`not a result of this version: ${line}`));
    if (options.profile.length > 0 && !options.profile.includes(profile)) continue;
    all.push(...results);
    const made = await tablesOfResults(results, users ? [users] : []);
    const drawn = options.figures && users
      ? figuresOfResults(made.chosen, made.systemOf, users)
      : { tables: {}, figures: {} };
    const place = outputPlace(profile, options.out);
    for (const [name, table] of Object.entries({ ...made.tables, ...drawn.tables })) {
      await saveTable(place, name, table);
    }
    for (const [name, svg] of Object.entries(drawn.figures)) await saveFigure(place, name, svg);
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

/** Kept results of one data set, and what is kept of its users. */
type Kept = KeptResults & { users: TestUsers | null };

/** Reads the archives of all profiles, each unpacked into a temporary folder of runs. */
async function fromArchives(profiles: readonly string[]): Promise<[string, Kept][]> {
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
  const kept: [string, Kept][] = [];
  for (const profile of found) {
    const runs = await Deno.makeTempDir();
    try {
      await unpackArchive(`${figuresFolder}${profile}/${archiveName}`, runs);
      kept.push([profile, { ...await listResults(runs), users: await readTestUsers(runs, profile) }]);
    } finally {
      await Deno.remove(runs, { recursive: true });
    }
  }
  return kept;
}

/** Reads a folder of runs, data set by data set. */
async function fromRuns(runs: string): Promise<[string, Kept][]> {
  const { results, unfinished, damaged } = await listResults(runs);
  const byDataset = Map.groupBy(results, ({ experiment }) => experiment.dataset);
  return await Promise.all([...byDataset].map(async ([dataset, results], at): Promise<[string, Kept]> => [
    dataset,
    { results, unfinished, damaged: at === 0 ? damaged : [], users: await readTestUsers(runs, dataset) },
  ]));
}
