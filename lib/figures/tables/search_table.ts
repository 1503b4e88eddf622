import { usualMetric } from "../../evaluation/metrics.ts";
import type { MeasuredSetting } from "../../experiments/select.ts";
import type { JsonObject } from "../../json.ts";
import { showingItself, type Table } from "../output/table.ts";

/**
 * Makes a table of all hyper-parameters that were tried, with what they were chosen by.
 *
 * @param settings from `measureSettings`
 * @param chosen those of them that `selectByValidation` chose
 * @param selectBy the metric that they were chosen by
 */
export function searchTable(
  settings: readonly MeasuredSetting[],
  chosen: readonly MeasuredSetting[],
  selectBy: string = usualMetric,
): Table {
  const found = settings.map(({ results: [{ settingsFound }] }) => describeFound(settingsFound));
  const findsAny = found.some((text) => text !== null);
  return showingItself({
    caption: `The search: ${selectBy} on the validation items, the best epoch's. In bold what was chosen.` +
      (findsAny ? " The last column has what systems chose by themselves, on the validation items too." : ""),
    columns: [
      { name: "dataset", heading: "Data set" },
      { name: "model", heading: "Model" },
      { name: "hidden_size", heading: "Hidden size" },
      { name: "learning_rate", heading: "Learning rate" },
      {
        name: `validation_${selectBy.toLowerCase().replace("@", "_")}`,
        heading: `Validation ${selectBy}`,
        digits: 4,
      },
      { name: "best_epoch", heading: "Best epoch" },
      { name: "epochs", heading: "Epochs" },
      ...(findsAny ? [{ name: "found", heading: "Found by itself" }] : []),
    ],
    rows: settings.map((setting, at) => [
      setting.dataset,
      setting.system,
      setting.hiddenSize,
      setting.learningRate === null ? null : String(setting.learningRate),
      { value: setting.validation, mark: chosen.includes(setting) ? "best" : null, note: "" },
      setting.epochs === 0 ? null : setting.bestEpoch,
      setting.epochs === 0 ? null : setting.epochs,
      ...(findsAny ? [found[at]] : []),
    ]),
  });
}

/** Writes what a system found in one line; null if that is nothing. */
function describeFound(found: JsonObject): string | null {
  const short = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(3)) : value;
  const parts = Object.entries(found).map(([name, value]) =>
    `${name} ${
      typeof value === "string"
        ? value
        : JSON.stringify(value, short).replace(/[{}"\[\]]/g, "").replaceAll(",", ", ").replaceAll(":", " ")
    }`
  );
  return parts.join("; ") || null;
}
