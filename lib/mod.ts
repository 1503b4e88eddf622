/** What the notebooks use, from the data at the top to the figures at the bottom. */
export { checkPositiveInteger } from "./checks.ts";
export { countOf } from "./count_of.ts";

export { findCatalogue } from "./data/catalogue/find_catalogue.ts";
export { readCatalogue } from "./data/catalogue/read_catalogue.ts";
export { shareFeatures } from "./data/catalogue/share_features.ts";
export { unchosenItems } from "./data/catalogue/unchosen_items.ts";
export { type Domain, sequenceOf, type Sequences } from "./data/domain.ts";
export { findDomains, findSources } from "./data/find_domains.ts";
export { datasetNames, loadDomain, loadProfile, type Profile } from "./data/profile.ts";
export { writeDemoCatalogue } from "./data/sample/demo_catalogue.ts";
export { historyOf, targetOf } from "./data/split.ts";
export {
  type DomainStatistics,
  domainStatistics,
  itemPopularity,
  sequenceLengths,
} from "./data/statistics.ts";
export { withholdItems } from "./data/withhold_items.ts";

export { commonPlane } from "./text/common_plane.ts";
export { commonWhitening } from "./text/common_whitening.ts";
export { directionsOf, sampleCosines } from "./text/cosine.ts";
export { describeEncoding, encodeSources, encodeTexts } from "./text/encode_texts.ts";
export { measureIsotropy } from "./text/isotropy.ts";
export { nearestItems } from "./text/nearest_items.ts";
export { checkOneEncoder } from "./text/one_encoder.ts";
export { principalAxes } from "./text/principal_axes.ts";
export { countTokens, loadTokenizer } from "./text/tokenizer.ts";
export { createWhitening, whiten } from "./text/whitening.ts";
export { withTexts } from "./text/with_texts.ts";

export { chooseEngine } from "./engine/choose_engine.ts";

export { createSasRec } from "./models/sasrec.ts";
export { createUniSRec } from "./models/unisrec.ts";

export { type BatchInstance, firstInstances } from "./training/batch_instances.ts";
export { loadPretrained, type Pretrained, savePretrained } from "./training/pretrained_file.ts";

export { adaptedItems, meanGates, singleExpert } from "./evaluation/adapted_items.ts";
export { audiencesOf } from "./evaluation/audience.ts";
export { compareGroups } from "./evaluation/group_comparison.ts";
export { compareSystems } from "./evaluation/experiments/compare.ts";
export { comparisonSettings } from "./evaluation/experiments/comparison_settings.ts";
export { experimentGrid } from "./evaluation/experiments/grid.ts";
export { runExperiments } from "./evaluation/experiments/run_experiments.ts";
export { measureSettings, selectByValidation } from "./evaluation/experiments/select.ts";
export { findSystem, systems } from "./evaluation/systems/registry.ts";
export { measure } from "./evaluation/measured.ts";
export { measureNewItems } from "./evaluation/new_items.ts";
export { groupBoundaries, popularityGroups } from "./evaluation/popularity_groups.ts";
export { pairedTest } from "./evaluation/significance.ts";
export { pretrain } from "./evaluation/pretrain.ts";
export { timePretraining } from "./evaluation/pretraining_time.ts";
export { profileSettings } from "./evaluation/profile_settings.ts";
export { recommend } from "./evaluation/recommend.ts";
export { frozenEncoder, trainAndEvaluate, type TrainedModel } from "./evaluation/train_and_evaluate.ts";
export { measureTransfer, type TransferVariant } from "./evaluation/transfer.ts";
export { compareTransfer, summariseTransfer } from "./evaluation/transfer_summary.ts";
export { findSharedTransitions } from "./evaluation/transitions_shared.ts";
export { measureZeroShot } from "./evaluation/zero_shot.ts";

export { plotArchitecture } from "./figures/architecture.ts";
export { audienceTable } from "./figures/audience_table.ts";
export { abilitiesTable } from "./figures/abilities_table.ts";
export { comparisonTable } from "./figures/comparison_table.ts";
export { plotCaseStudy } from "./figures/case_study.ts";
export { caseRanksTable, sharedTransitionsTable } from "./figures/case_study_tables.ts";
export { plotCosines } from "./figures/cosine_histogram.ts";
export { costTable } from "./figures/cost_table.ts";
export { datasetTable } from "./figures/dataset_table.ts";
export { plotGates } from "./figures/gate_heat_map.ts";
export { isotropyTable } from "./figures/isotropy_table.ts";
export { plotItemMaps } from "./figures/item_map.ts";
export type { LearningCurve } from "./figures/learning_curves.ts";
export { plotLongTail } from "./figures/long_tail.ts";
export { longTailTable } from "./figures/long_tail_table.ts";
export { escapeMarkdown } from "./figures/markdown.ts";
export { plotNegatives } from "./figures/negatives.ts";
export { paperAbilities, paperResults, paperStatistics } from "./figures/paper.ts";
export { nearestItemsTable } from "./figures/nearest_items_table.ts";
export { besideEachOther } from "./figures/plot.ts";
export { plotPopularity } from "./figures/popularity.ts";
export { plotPretrainingLosses } from "./figures/pretraining_losses.ts";
export { describeItem, recommendationTable } from "./figures/recommendation_table.ts";
export { type ModelResult, resultsTable } from "./figures/results_table.ts";
export { rowReportTable } from "./figures/row_report_table.ts";
export { searchTable } from "./figures/search_table.ts";
export { plotSequenceLengths } from "./figures/sequence_lengths.ts";
export { plotSpectra } from "./figures/spectra.ts";
export { plotTextLengths } from "./figures/text_lengths.ts";
export { plotTransfer } from "./figures/transfer.ts";
export { pairedTestTable, transferTable } from "./figures/transfer_table.ts";
export { saveFigure, saveNumbers, saveTable } from "./figures/save.ts";
export { saveRecommendations } from "./figures/save_recommendations.ts";
export type { Table } from "./figures/tables.ts";

export { showFigure, showMarkdown, showTable } from "./notebook/display.ts";
export { createProgress } from "./notebook/progress.ts";
export { watchEncoding } from "./notebook/watch_encoding.ts";
export { curvesFigure, watchTraining } from "./notebook/watch_training.ts";
