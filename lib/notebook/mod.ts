/**
 * What notebooks use: all of the library (`mod.ts`), and the studies, experiments, tables and figures of the paper.
 *
 * @module
 */
export * from "../mod.ts";

export { checkPositiveInteger } from "../checks.ts";
export { countOf } from "../count_of.ts";

export { loadCatalogue } from "../data/catalogue/load_catalogue.ts";
export { shareFeatures } from "../data/catalogue/share_features.ts";
export { unchosenItems } from "../data/catalogue/unchosen_items.ts";
export { findDomains, findSources } from "../data/find_domains.ts";
export { loadProfile, type Profile } from "../data/profile.ts";
export { writeDemoCatalogue } from "../data/sample/demo_catalogue.ts";
export { itemPopularity, sequenceLengths } from "../data/statistics.ts";

export { commonPlane } from "../text/geometry/common_plane.ts";
export { commonWhitening } from "../text/geometry/common_whitening.ts";
export { directionsOf, sampleCosines } from "../text/geometry/cosine.ts";
export { describeEncoding, encodeSources } from "../text/encode_texts.ts";
export { measureIsotropy } from "../text/geometry/isotropy.ts";
export { nearestItems } from "../text/geometry/nearest_items.ts";
export { checkOneEncoder } from "../text/one_encoder.ts";
export { principalAxes } from "../text/geometry/principal_axes.ts";
export { createWhitening, whiten } from "../text/geometry/whitening.ts";
export { withTexts } from "../text/with_texts.ts";

export { type BatchInstance, firstInstances } from "../systems/unisrec/batch_instances.ts";

export { adaptedItems, adaptorOf, meanGates, singleExpert } from "../systems/unisrec/adapted_items.ts";
export { audiencesOf } from "../evaluation/audience.ts";
export { compareGroups } from "../studies/group_comparison.ts";
export { compareSystems } from "../experiments/compare.ts";
export { otherMethods } from "../systems/registry.ts";
export { chooseSystems, loadSystems } from "../experiments/load_systems.ts";
export { comparisonExperiments, notesOnCode, runComparison } from "../experiments/run_comparison.ts";
export { tidyResults } from "../experiments/tidy_results.ts";
export { measureNewItems } from "../studies/new_items.ts";
export { recommendToAll, serveCatalogue } from "../studies/serve_catalogue.ts";
export { measureTextLengths } from "../studies/text_lengths.ts";
export { usualCase } from "../studies/usual_case.ts";
export { describeTestUsers } from "../experiments/kept_users.ts";
export { compareOrder, measureOrder } from "../studies/order.ts";
export { overlapHits } from "../studies/hit_overlap.ts";
export { allGroupings, groupBoundaries, popularityGroups } from "../studies/popularity_groups.ts";
export { timePretraining } from "../systems/unisrec/pretraining_time.ts";
export { profileSettings } from "../experiments/profile_settings.ts";
export { frozenEncoder } from "../systems/unisrec/system.ts";
export { runTransfer, type TransferResult, type TransferVariant } from "../experiments/transfer.ts";
export { answerByTarget } from "../experiments/transfer_comparisons.ts";
export {
  ablationVariants,
  chooseVariants,
  controlVariants,
  pretrainingVariants,
} from "../experiments/transfer_variants.ts";
export { compareTransfer, meansOfTransfer, summariseTransfer } from "../experiments/transfer_summary.ts";
export { findSharedTransitions } from "../studies/transitions_shared.ts";
export { measureZeroShot } from "../studies/zero_shot.ts";

export { plotArchitecture } from "../figures/architecture/architecture.ts";
export { plotFramework } from "../figures/architecture/framework.ts";
export { audienceTable } from "../figures/tables/audience_table.ts";
export { abilitiesTable } from "../figures/tables/abilities_table.ts";
export { beyondTable } from "../figures/tables/beyond_table.ts";
export { comparisonTable } from "../figures/tables/comparison_table.ts";
export { plotCaseStudy } from "../figures/plots/case_study.ts";
export { caseRanksTable, sharedTransitionsTable } from "../figures/tables/case_study_tables.ts";
export { plotCosines } from "../figures/plots/cosine_histogram.ts";
export { costTable } from "../figures/tables/cost_table.ts";
export { datasetTable } from "../figures/tables/dataset_table.ts";
export { plotGates } from "../figures/plots/gate_heat_map.ts";
export { plotHitOverlap } from "../figures/plots/hit_overlap.ts";
export { hitOverlapTable } from "../figures/tables/hit_overlap_table.ts";
export { isotropyTable } from "../figures/tables/isotropy_table.ts";
export { plotItemMaps } from "../figures/plots/item_map.ts";
export type { LearningCurve } from "../figures/plots/learning_curves.ts";
export { plotLongTail } from "../figures/plots/long_tail.ts";
export { longTailTable } from "../figures/tables/long_tail_table.ts";
export { escapeMarkdown } from "../figures/output/markdown.ts";
export { plotNegatives } from "../figures/plots/negatives.ts";
export { paperSystems } from "../figures/paper_systems.ts";
export { paperAbilities, paperResults, paperStatistics } from "../figures/paper.ts";
export { nearestItemsTable } from "../figures/tables/nearest_items_table.ts";
export { besideEachOther } from "../figures/drawing/plot.ts";
export { plotOrder } from "../figures/plots/order.ts";
export { orderTable } from "../figures/tables/order_table.ts";
export { plotPopularity } from "../figures/plots/popularity.ts";
export { plotPretrainingLosses } from "../figures/plots/pretraining_losses.ts";
export { describeItem, recommendationTable } from "../figures/tables/recommendation_table.ts";
export { type ModelResult, resultsTable } from "../figures/tables/results_table.ts";
export { rowReportTable } from "../figures/tables/row_report_table.ts";
export { searchTable } from "../figures/tables/search_table.ts";
export { plotSequenceLengths } from "../figures/plots/sequence_lengths.ts";
export { plotSpectra } from "../figures/plots/spectra.ts";
export { plotTextLengths } from "../figures/plots/text_lengths.ts";
export { plotTransfer } from "../figures/plots/transfer.ts";
export { pairedTestTable, transferTable } from "../figures/tables/transfer_table.ts";
export { outputPlace } from "../figures/output/place.ts";
export { saveOutputs } from "../figures/output/save_outputs.ts";
export { saveRecommendations } from "../figures/output/save_recommendations.ts";
export { type Table, tableOf } from "../figures/output/table.ts";

export { showFigure, showMarkdown, showTable } from "./inside/display.ts";
import "./inside/arquero_tables.ts";
export { describeDomains, type NotebookLab, openNotebookLab } from "./inside/notebook_lab.ts";
export { createProgress } from "./inside/progress.ts";
export { watchComparison } from "./inside/watch_comparison.ts";
export { watchTransfer } from "./inside/watch_transfer.ts";
export { watchEncoding } from "./inside/watch_encoding.ts";
export { curvesFigure, watchTraining } from "./inside/watch_training.ts";
