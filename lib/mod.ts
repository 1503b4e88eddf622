/** What the notebooks use, from the data at the top to the figures at the bottom. */
export { type Domain, sequenceOf, type Sequences, userCount } from "./data/domain.ts";
export { loadDomain, loadProfile, type Profile } from "./data/profile.ts";
export {
  type DomainStatistics,
  domainStatistics,
  itemPopularity,
  sequenceLengths,
} from "./data/statistics.ts";

export { datasetTable } from "./figures/dataset_table.ts";
export { type LearningCurve, plotLearningCurves } from "./figures/learning_curves.ts";
export { paperResults, paperStatistics } from "./figures/paper.ts";
export { plotPopularity } from "./figures/popularity.ts";
export { plotSequenceLengths } from "./figures/sequence_lengths.ts";
export { saveFigure, saveNumbers, saveTable } from "./figures/save.ts";
export type { Table } from "./figures/tables.ts";

export { createLiveFigure, showFigure, showMarkdown, showTable } from "./notebook/display.ts";
export { createProgress } from "./notebook/progress.ts";
export { watchTraining } from "./notebook/watch_training.ts";
