import type { MeasuredSetting } from "../../experiments/select.ts";
import { mean } from "../../evaluation/significance.ts";
import type { Table } from "../output/table.ts";

/**
 * Makes a table of all hyper-parameters that were tried, with what they were chosen by.
 *
 * @param settings from `measureSettings`
 * @param chosen those of them that `selectByValidation` chose
 */
export function searchTable(
  settings: readonly MeasuredSetting[],
  chosen: readonly MeasuredSetting[],
): Table {
  return {
    caption: "The search: NDCG@10 on the validation items, the best epoch's. In bold what was chosen.",
    columns: [
      { name: "dataset", heading: "Data set" },
      { name: "model", heading: "Model" },
      { name: "hidden_size", heading: "Hidden size" },
      { name: "learning_rate", heading: "Learning rate" },
      { name: "validation_ndcg_10", heading: "Validation NDCG@10", digits: 4 },
      { name: "best_epoch", heading: "Best epoch" },
      { name: "epochs", heading: "Epochs" },
    ],
    rows: settings.map((setting) => [
      setting.dataset,
      setting.system,
      setting.hiddenSize,
      setting.learningRate === null ? null : String(setting.learningRate),
      { value: setting.validation, mark: chosen.includes(setting) ? "best" : null, note: "" },
      mean(setting.results.map(({ bestEpoch }) => bestEpoch)),
      mean(setting.results.map(({ cost }) => cost.epochs)),
    ]),
  };
}
