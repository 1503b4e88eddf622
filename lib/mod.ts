/** What the notebooks use, from the data at the top to the figures at the bottom. */
export { checkPositiveInteger } from "./checks.ts";
export { countOf } from "./count_of.ts";

export { findCatalogue } from "./data/catalogue/find_catalogue.ts";
export { readCatalogue } from "./data/catalogue/read_catalogue.ts";
export { shareFeatures } from "./data/catalogue/share_features.ts";
export { unchosenItems } from "./data/catalogue/unchosen_items.ts";
export { type Domain, sequenceOf, type Sequences } from "./data/domain.ts";
export { domainOf } from "./data/domain_of.ts";
export { findDomains, findSources } from "./data/find_domains.ts";
export { datasetNames, loadDomain, loadProfile, type Profile } from "./data/profile.ts";
export { writeDemoCatalogue } from "./data/sample/demo_catalogue.ts";
export { historyOf, splitName, targetOf, usersOf } from "./data/split.ts";
export type { SplitChoice } from "./data/split_choice.ts";
export {
  type DomainStatistics,
  domainStatistics,
  itemPopularity,
  sequenceLengths,
} from "./data/statistics.ts";
export { withholdItems } from "./data/withhold_items.ts";

export { commonPlane } from "./text/geometry/common_plane.ts";
export { commonWhitening } from "./text/geometry/common_whitening.ts";
export { directionsOf, sampleCosines } from "./text/geometry/cosine.ts";
export { describeEncoding, encodeSources, encodeTexts } from "./text/encode_texts.ts";
export { measureIsotropy } from "./text/geometry/isotropy.ts";
export { nearestItems } from "./text/geometry/nearest_items.ts";
export { checkOneEncoder } from "./text/one_encoder.ts";
export { principalAxes } from "./text/geometry/principal_axes.ts";
export { countTokens, loadTokenizer } from "./text/encoder/tokenizer.ts";
export { createWhitening, whiten } from "./text/geometry/whitening.ts";
export { withTexts } from "./text/with_texts.ts";

export { chooseEngine } from "./engine/choose_engine.ts";

export { createSasRec } from "./systems/sasrec/model.ts";
export { createUniSRec } from "./systems/unisrec/model.ts";

export { type BatchInstance, firstInstances } from "./systems/unisrec/batch_instances.ts";
export { loadPretrained, type Pretrained, savePretrained } from "./files/pretrained_file.ts";

export { adaptedItems, meanGates, singleExpert } from "./systems/unisrec/adapted_items.ts";
export { audiencesOf } from "./evaluation/audience.ts";
export { compareGroups } from "./studies/group_comparison.ts";
export { compareSystems } from "./experiments/compare.ts";
export { comparisonSettings } from "./experiments/comparison_settings.ts";
export { experimentGrid } from "./experiments/grid.ts";
export { runExperiments } from "./experiments/run_experiments.ts";
export { measureSettings, selectByValidation } from "./experiments/select.ts";
export { findSystem, systems } from "./systems/registry.ts";
export { measure } from "./evaluation/measured.ts";
export { measureNewItems } from "./studies/new_items.ts";
export { groupBoundaries, popularityGroups } from "./studies/popularity_groups.ts";
export { pairedTest } from "./evaluation/significance.ts";
export { timePretraining } from "./systems/unisrec/pretraining_time.ts";
export { profileSettings } from "./experiments/profile_settings.ts";
export { recommend } from "./evaluation/recommend.ts";
export { type TrainedModel, trainModel } from "./systems/neural/train_model.ts";
export { frozenEncoder } from "./systems/unisrec/system.ts";
export { runTransfer, type TransferVariant } from "./experiments/transfer.ts";
export { compareTransfer, summariseTransfer } from "./experiments/transfer_summary.ts";
export { findSharedTransitions } from "./studies/transitions_shared.ts";
export { measureZeroShot } from "./studies/zero_shot.ts";

export { plotArchitecture } from "./figures/architecture/architecture.ts";
export { audienceTable } from "./figures/tables/audience_table.ts";
export { abilitiesTable } from "./figures/tables/abilities_table.ts";
export { comparisonTable } from "./figures/tables/comparison_table.ts";
export { plotCaseStudy } from "./figures/plots/case_study.ts";
export { caseRanksTable, sharedTransitionsTable } from "./figures/tables/case_study_tables.ts";
export { plotCosines } from "./figures/plots/cosine_histogram.ts";
export { costTable } from "./figures/tables/cost_table.ts";
export { datasetTable } from "./figures/tables/dataset_table.ts";
export { plotGates } from "./figures/plots/gate_heat_map.ts";
export { isotropyTable } from "./figures/tables/isotropy_table.ts";
export { plotItemMaps } from "./figures/plots/item_map.ts";
export type { LearningCurve } from "./figures/plots/learning_curves.ts";
export { plotLongTail } from "./figures/plots/long_tail.ts";
export { longTailTable } from "./figures/tables/long_tail_table.ts";
export { escapeMarkdown } from "./figures/output/markdown.ts";
export { plotNegatives } from "./figures/plots/negatives.ts";
export { paperAbilities, paperResults, paperStatistics } from "./figures/paper.ts";
export { nearestItemsTable } from "./figures/tables/nearest_items_table.ts";
export { besideEachOther } from "./figures/drawing/plot.ts";
export { plotPopularity } from "./figures/plots/popularity.ts";
export { plotPretrainingLosses } from "./figures/plots/pretraining_losses.ts";
export { describeItem, recommendationTable } from "./figures/tables/recommendation_table.ts";
export { type ModelResult, resultsTable } from "./figures/tables/results_table.ts";
export { rowReportTable } from "./figures/tables/row_report_table.ts";
export { searchTable } from "./figures/tables/search_table.ts";
export { plotSequenceLengths } from "./figures/plots/sequence_lengths.ts";
export { plotSpectra } from "./figures/plots/spectra.ts";
export { plotTextLengths } from "./figures/plots/text_lengths.ts";
export { plotTransfer } from "./figures/plots/transfer.ts";
export { pairedTestTable, transferTable } from "./figures/tables/transfer_table.ts";
export { saveFigure, saveNumbers, saveTable } from "./figures/output/save.ts";
export { saveRecommendations } from "./figures/output/save_recommendations.ts";
export type { Table } from "./figures/output/table.ts";

export { showFigure, showMarkdown, showTable } from "./notebook/inside/display.ts";
export { createProgress } from "./notebook/inside/progress.ts";
export { watchEncoding } from "./notebook/inside/watch_encoding.ts";
export { curvesFigure, watchTraining } from "./notebook/inside/watch_training.ts";
