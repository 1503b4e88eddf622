import { paperModels, type PaperResults } from "../paper.ts";
import { showingItself, type Table } from "../output/table.ts";

/** What a model reached, by metric name such as `NDCG@10`. */
export interface ModelResult {
  model: string;
  /** The model of Table 3, by our name, whose numbers in the paper stand beside; `model` if left out, null for none. */
  paperModel?: string | null;
  means: Record<string, number>;
}

/** The metrics of the paper's Table 3. */
const metrics = ["Recall@10", "NDCG@10", "Recall@50", "NDCG@50"];

/**
 * Makes a table of models and metrics, the paper's numbers beside ours where it has the data set.
 *
 * @param paper from `paperResults`
 */
export function resultsTable(
  caption: string,
  results: readonly ModelResult[],
  paper: PaperResults | null,
): Table {
  const digits = 4;
  return showingItself({
    caption,
    columns: [
      { name: "model", heading: "Model" },
      ...metrics.flatMap((metric) => [
        { name: metric, heading: metric, digits },
        ...(paper ? [{ name: `${metric} paper`, heading: "paper", digits }] : []),
      ]),
    ],
    rows: results.map(({ model, paperModel = model, means }) => [
      model,
      ...metrics.flatMap((metric) => [
        means[metric],
        ...(paper ? [paperModel && (paper[metric]?.[paperModels[paperModel] ?? paperModel] ?? null)] : []),
      ]),
    ]),
  });
}
