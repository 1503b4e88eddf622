import type { ColumnTable } from "arquero";
import { desc } from "arquero";
import { countOf } from "../../count_of.ts";
import { parseMetric } from "../../evaluation/metrics.ts";
import type { Experiment } from "../../experiments/grid.ts";
import { printable } from "../../printable.ts";
import { ParameterError } from "../../errors.ts";
import { tableOfArquero } from "../inside/arquero_tables.ts";
import { toCsv } from "../../figures/output/table.ts";
import { toText } from "../../figures/output/table_text.ts";
import { compareResults, tableOfResults } from "../../experiments/kept_table.ts";
import { listResults } from "../../experiments/list_results.ts";
import { terminalWidth } from "../running/main_table.ts";
import { main, readCommandLine } from "./command_line.ts";

const usage =
  "deno task runs [--system NAME]… [--dataset NAME]… [--where EXPRESSION] [--metric NAME] [--compare] [--check] [--all] [--csv] " +
  "[--runs FOLDER]";

/** `deno task runs`: lists, filters and compares what experiments have left. */
await main(async () => {
  const { values: options } = readCommandLine(usage, {
    options: {
      system: { type: "string", multiple: true, default: [] },
      dataset: { type: "string", multiple: true, default: [] },
      where: { type: "string" },
      metric: { type: "string", default: "NDCG@10" },
      compare: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      all: { type: "boolean", default: false },
      csv: { type: "boolean", default: false },
      runs: { type: "string", default: "runs" },
    },
  });
  parseMetric(options.metric, "--metric");
  const { results, unfinished, damaged } = await listResults(options.runs);
  const { system, dataset, metric } = options;
  const isWanted = (experiment: { system: string; dataset: string }) =>
    (system.length === 0 || system.includes(experiment.system)) &&
    (dataset.length === 0 || dataset.includes(experiment.dataset));
  const wanted = results.filter(({ experiment }) => isWanted(experiment));
  const sayOthers = () => {
    for (const experiment of unfinished.filter(isWanted)) {
      console.log(printable(`unfinished: ${describe(experiment)}`));
    }
    for (const message of damaged) console.error(printable(`not a result of this version: ${message}`));
  };
  if (wanted.length === 0) {
    console.log(`No finished run of this kind among ${results.length} in ${options.runs}/experiments.`);
    sayOthers();
    return damaged.length === 0;
  }
  // loaded where it is wanted only: models and engines take a second, and more permissions
  const states = options.check
    ? await (await import("../../experiments/check_code.ts")).checkCode(wanted)
    : undefined;
  let table = where(tableOfResults(wanted, metric, states), options.where).orderby(
    "dataset",
    desc(`test ${metric}`),
  );
  if (options.compare) table = compareResults(table, wanted, metric);
  const shown = options.all
    ? table
    : table.select(...table.columnNames().filter((name) => isUsual(name, metric)));
  const printed = tableOfArquero(
    shown.select(...shown.columnNames().filter((name) => name !== "run")),
    Infinity,
  );
  if (options.csv) {
    console.log(toCsv(printed).trimEnd());
    return true;
  }
  const caption = `${
    countOf(table.numRows(), "finished run")
  } of ${results.length} in ${options.runs}/experiments`;
  console.log(toText({ ...printed, caption }, terminalWidth()));
  if (!options.check) {
    console.log(
      "“(other)” is code that a newer run with the same settings replaced, or that is not known; --check plans every run " +
        "anew, on its data, to tell which code there is now.",
    );
  }
  sayOthers();
  return damaged.length === 0;
});

function describe({ system, dataset, learningRate, hiddenSize, seed }: Experiment): string {
  const settings = { "learning rate": learningRate, "hidden size": hiddenSize, seed };
  const own = Object.entries(settings).filter(([, value]) => value !== null);
  return [`${system} on ${dataset}`, ...own.map(([name, value]) => `${name} ${value}`)].join(", ");
}

/** The columns that are shown where not all are wanted. */
function isUsual(name: string, metric: string): boolean {
  const usual = [
    "dataset",
    "system",
    "hiddenSize",
    "learningRate",
    "seed",
    "epochs",
    "seconds",
    "code",
    "against best",
    "p",
  ];
  return usual.includes(name) || [`valid ${metric}`, `test ${metric}`, "test Recall@10"].includes(name);
}

function where(table: ColumnTable, expression: string | undefined): ColumnTable {
  if (expression === undefined) return table;
  try {
    return table.filter(`d => ${expression}`).reify();
  } catch (cause) {
    throw new ParameterError({
      where: "--where",
      expected: 'an expression over a run d, such as d.hiddenSize == 64 or d["test NDCG@10"] > 0.05',
      found: JSON.stringify(expression),
      advice: `${(cause as Error).message}. The columns: ${table.columnNames().join(", ")}.`,
    }, { cause });
  }
}
