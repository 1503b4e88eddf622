/** A table or figure of the paper. */
export interface PaperItem {
  /** The name under which it is saved. */
  name: string;
  title: string;
  /** The notebook that makes it. */
  notebook: string;
  /** What differs from the paper on one of its data sets, and why; null where nothing does. */
  difference: (profile: string) => string | null;
}

const settingsDiffer =
  "The paper tunes learning rate and hidden size for each data set and pre-trains on five categories of Amazon with " +
  "14 million interactions; here the settings and the sources are those folded below. Single runs vary from seed to seed.";

/** The paper's tables and figures, in its order. */
export const paperItems: readonly PaperItem[] = [
  {
    name: "figure-1",
    title: "Figure 1. The framework of UniSRec",
    notebook: "03-pretraining",
    difference: () =>
      "Drawn with the sizes of the model that was trained and the domains that it saw. The experts share one dropout mask " +
      "here; the authors' code draws one for each, at eight times the cost.",
  },
  {
    name: "table-1",
    title: "Table 1. Transfer scenarios and settings of the models",
    notebook: "05-comparison",
    difference: () => null,
  },
  {
    name: "table-2",
    title: "Table 2. Statistics of the data sets",
    notebook: "01-datasets",
    difference: (profile) =>
      profile === "OR"
        ? "The paper prints 26.90 interactions per user, though its own totals make 31.47."
        : null,
  },
  {
    name: "table-3",
    title: "Table 3. Performance of the models",
    notebook: "05-comparison",
    difference: () =>
      `${settingsDiffer} Where scores are equal, the tie rule is ours: the reference leaves it open.`,
  },
  {
    name: "figure-2",
    title: "Figure 2. Performance by what UniSRec was pre-trained on",
    notebook: "06-pretraining-domains",
    difference: () =>
      `Every seed is shown beside the mean, and the axes do not start at 0. ${settingsDiffer}`,
  },
  {
    name: "figure-3",
    title: "Figure 3. Ablation of UniSRec's parts",
    notebook: "07-ablations",
    difference: () =>
      `Two variants more than in the paper: Whitening-k and the exact gate. ${settingsDiffer}`,
  },
  {
    name: "figure-4",
    title: "Figure 4. Performance on long-tail items",
    notebook: "08-long-tail",
    difference: () =>
      `Items that never occur in training are a group of their own, and intervals are ours. ${settingsDiffer}`,
  },
  {
    name: "figure-5",
    title: "Figure 5. Case study",
    notebook: "09-case-study",
    difference: () =>
      "The users are found by search, where the paper picks two: so they are others than the paper's.",
  },
];
