import type { MeasuredSetting } from "../../experiments/select.ts";
import { tidyResults } from "../../experiments/tidy_results.ts";
import { type Cell, showingItself, type Table } from "../output/table.ts";

/**
 * Makes a table of what each system's training took, with the hyper-parameters that were chosen.
 *
 * @param chosen from `selectByValidation`; of several seeds the first is shown
 */
export function costTable(chosen: readonly MeasuredSetting[]): Table {
  const runs = tidyResults(chosen.map(({ results: [first] }) => first)).objects() as Record<string, Cell>[];
  return showingItself({
    caption:
      "Cost of one training with the chosen hyper-parameters. Seconds are as the clock went, with whatever else the " +
      "machine did; the engine is that of training on the target, pre-training may have run on another; memory is the " +
      "most that the whole process held at the end of an epoch, with what trainings before it had left there: compare " +
      "it between systems that ran alone (systemNames).",
    columns: [
      { name: "dataset", heading: "Data set" },
      { name: "model", heading: "Model" },
      { name: "hidden_size", heading: "Hidden size" },
      { name: "learning_rate", heading: "Learning rate" },
      { name: "parameters", heading: "Parameters" },
      { name: "trained_parameters", heading: "of them trained" },
      { name: "epochs", heading: "Epochs" },
      { name: "seconds_per_epoch", heading: "s per epoch", digits: 2 },
      { name: "pretraining_epochs", heading: "Epochs of pre-training" },
      { name: "pretraining_seconds", heading: "s of pre-training", digits: 1 },
      { name: "seconds", heading: "s in all", digits: 1 },
      { name: "engine", heading: "Engine" },
      { name: "memory_mib", heading: "Memory, MiB" },
    ],
    rows: runs.map((run) => [
      run.dataset,
      run.system,
      run.hiddenSize,
      run.learningRate === null ? null : String(run.learningRate), // 0.00003 has no fixed number of decimals
      run.parameters,
      run.trainedParameters,
      run.epochs,
      run.secondsPerEpoch,
      run.pretrainingEpochs,
      run.pretrainingSeconds,
      run.seconds,
      run.engine,
      run.memory === 0 ? null : Number(run.memory) / 2 ** 20,
    ]),
  });
}
