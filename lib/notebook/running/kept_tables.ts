import { parse } from "csv-parse/sync";
import { compareSystems, type ComparisonRow } from "../../experiments/compare.ts";
import type { KeptResult } from "../../experiments/list_results.ts";
import { nameByStart, type NamedResult } from "../../experiments/name_by_start.ts";
import type { TestUsers } from "../../experiments/kept_users.ts";
import { notesOnCode } from "../../experiments/run_comparison.ts";
import { type MeasuredSetting, measureSettings, selectByValidation } from "../../experiments/select.ts";
import type { Table } from "../../figures/output/table.ts";
import { paperResults } from "../../figures/paper.ts";
import { paperSystems } from "../../figures/paper_systems.ts";
import { beyondTable } from "../../figures/tables/beyond_table.ts";
import { comparisonTable } from "../../figures/tables/comparison_table.ts";
import { costTable } from "../../figures/tables/cost_table.ts";
import { searchTable } from "../../figures/tables/search_table.ts";
import { notAsked } from "../../data/split.ts";
import { systems } from "../../systems/registry.ts";

/** The systems that the paper proposes. */
const proposed = ["UniSRec t", "UniSRec t+ID"];

/** Notebook 5's tables, as kept results alone make them. */
export interface KeptTables {
  /** By the names of the notebook's files; those without rows are left out. */
  tables: Record<string, Table>;
  /** The best choice of each system on each data set. */
  chosen: MeasuredSetting[];
  /** Of all systems: every number of the tables. */
  rows: ComparisonRow[];
  /** The systems' names in Table 3, by their names in the rows, in the registry's order. */
  systemOf: Map<string, string>;
}

/**
 * Makes notebook 5's tables of kept results: neither data nor training is needed.
 *
 * Each system's settings are chosen on the validation items among the results that are there, those that started
 * otherwise apart; see `nameByStart`.
 *
 * @param results of any data sets
 * @param users of the data sets, which say how those are split; of others the ranks say whether it is by time
 */
export async function tablesOfResults(
  results: readonly KeptResult[],
  users: readonly TestUsers[] = [],
): Promise<KeptTables> {
  const order = systems.map(({ name }) => name);
  const place = ({ system, experiment: { hiddenSize, learningRate, seed } }: NamedResult) => [
    order.includes(system) ? order.indexOf(system) : order.length,
    hiddenSize ?? 0,
    learningRate ?? 0,
    seed ?? 0,
  ];
  const named = nameByStart(results).sort((one, other) => {
    const [here, there] = [one, other].map(place);
    const at = here.findIndex((value, at) => value !== there[at]);
    return at < 0 ? 0 : here[at] - there[at];
  });
  const systemOf = new Map(named.map(({ system, experiment }) => [experiment.system, system]));
  const tried = measureSettings(named);
  const chosen = selectByValidation(tried);
  const known = await paperSystems();
  const ofSystems = (test: (system: string) => boolean) =>
    new Set([...systemOf].filter(([, system]) => test(system)).map(([name]) => name));
  const inPaper = ofSystems((system) => known.has(system));
  const ours = [...ofSystems((system) => proposed.includes(system))];
  const sums = [...ofSystems((system) => system.includes(" + "))];
  const table3 = compareSystems(chosen.filter(({ system }) => inPaper.has(system)), ours);
  const rows = compareSystems(chosen, sums);
  const datasets = [...new Set(rows.map(({ dataset }) => dataset))];
  const paper = Object.fromEntries(
    await Promise.all(datasets.map(async (name) => [name, await paperResults(name)] as const)),
  );
  const isByTime = (name: string) =>
    named.some(({ experiment, ranks }) => experiment.dataset === name && ranks.test.includes(notAsked));
  const splitOf = (name: string) =>
    users.find(({ dataset }) => dataset === name)?.split ?? (isByTime(name) ? "by time" : "leave-one-out");
  const splits = Object.fromEntries(datasets.map((name) => [name, splitOf(name)]));
  const notes = notesOnCode(chosen);
  return {
    chosen,
    rows,
    systemOf,
    tables: {
      ...(table3.length === 0 ? {} : { "table-3": comparisonTable(table3, paper, splits, { notes }) }),
      ...(rows.length === 0 ? {} : {
        "table-beyond": beyondTable(rows, inPaper, ours),
        "table-search": searchTable(tried, chosen),
        "table-cost": costTable(chosen),
      }),
    },
  };
}

/** How many numbers of a saved table kept results give again. */
export interface MadeAnew {
  numbers: number;
  /** Of them equal to the last digit but two. */
  same: number;
  /** Systems with a number that no kept result of theirs gives. */
  lacking: string[];
}

/**
 * Looks for the numbers of a saved Table 3, or of a saved table of systems beyond it, among those of kept results.
 *
 * @param csv what `saveTable` wrote
 */
export function findNumbers(
  csv: string,
  { rows, systemOf }: Pick<KeptTables, "rows" | "systemOf">,
): MadeAnew {
  const records: Record<string, string>[] = parse(csv, { columns: true });
  const found: MadeAnew = { numbers: 0, same: 0, lacking: [] };
  for (const { dataset, model, metric: own, value, ...columns } of records) {
    const isLong = own !== undefined;
    const numbers = isLong ? [[own, value]] : Object.entries(columns).filter(([name]) => name.includes("@"));
    for (const [metric, text] of numbers) {
      if (text === "") continue;
      const wanted = Number(text);
      const scores = rows.filter((row) => row.dataset === dataset && row.metric === metric)
        .flatMap(({ scores }) => scores)
        .filter(({ system }) => system === model || systemOf.get(system) === model);
      found.numbers++;
      if (scores.some((score) => Math.abs(score.value - wanted) <= 1e-13)) found.same++;
      else if (!found.lacking.includes(model)) found.lacking.push(model);
    }
  }
  return found;
}
