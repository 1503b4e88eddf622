import type { Experiment } from "../../experiments/grid.ts";
import type { Cost } from "../../experiments/result_file.ts";
import type { Table } from "../output/table.ts";

/** What the training of a system took. */
export type SystemCost = Omit<Experiment, "seed"> & Cost;

/** Makes a table of what each system's training took, with the hyper-parameters that were chosen. */
export function costTable(costs: readonly SystemCost[]): Table {
  return {
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
      { name: "engine", heading: "Engine" },
      { name: "memory_mib", heading: "Memory, MiB" },
    ],
    rows: costs.map((cost) => [
      cost.dataset,
      cost.system,
      cost.hiddenSize,
      cost.learningRate === null ? null : String(cost.learningRate), // 0.00003 has no fixed number of decimals
      cost.parameters,
      cost.trainedParameters,
      cost.epochs,
      cost.secondsPerEpoch,
      cost.pretrainingEpochs,
      cost.pretrainingSeconds,
      cost.engine,
      cost.memory === 0 ? null : cost.memory / 2 ** 20,
    ]),
  };
}
