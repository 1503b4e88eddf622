/**
 * Sequential recommendation from item texts and IDs: train, evaluate, recommend, save and open.
 *
 * `openLab` is where to begin; what notebooks use beside it (studies, experiments, tables and figures) is in
 * `notebook/mod.ts`.
 *
 * @example
 * ```ts
 * import { openLab } from "./mod.ts";
 *
 * const lab = await openLab({ runs: null });
 * const { target } = await lab.load("sample");
 * const model = await lab.train("SASRec", target, { sizes: { hiddenSize: 16 }, epochs: 1 });
 * console.info((await model.evaluate("test"))["NDCG@10"]);
 * const [items] = await model.recommend([{ user: target.userIds[0] }], { k: 3 });
 * console.table(items);
 * ```
 *
 * @module
 */

// A lab: load, pre-train, train; and what a recommender's file gives back
export {
  isNetwork,
  type Lab,
  type LabOptions,
  type LabPretraining,
  type LoadedDomains,
  type LoadOptions,
  loadStart,
  openLab,
  type OpenOptions,
  openRecommender,
  type PretrainedStart,
} from "./systems/lab.ts";

// Recommenders: evaluate, recommend, save; their vectors and graphs for other software
export type { ItemScorer } from "./evaluation/item_scorer.ts";
export {
  createRecommender,
  type NewItems,
  type Recommendation,
  type Recommender,
  type RecommenderParts,
  type RecommendOptions,
} from "./evaluation/recommender.ts";
export type { Query } from "./evaluation/queries.ts";
export type { TopItems } from "./evaluation/top_k.ts";
export { saveOnnx } from "./systems/neural/save_onnx.ts";
export { saveVectors } from "./systems/neural/save_vectors.ts";

// Measures: any metric at any K, lists beyond accuracy, significance
export { type ListContext, type ListMeasures, measureLists } from "./evaluation/lists.ts";
export { measure, type Measured, type MeasuredMetric } from "./evaluation/measured.ts";
export {
  meanMetric,
  type Metric,
  type MetricName,
  metricPerUser,
  parseMetric,
} from "./evaluation/metrics.ts";
export { type PairedTest, pairedTest } from "./evaluation/significance.ts";

// Data: domains of files, or of rows in memory
export {
  type Domain,
  type FeatureTable,
  sequenceOf,
  type Sequences,
  type SplitTimes,
  type TimeSplit,
} from "./data/domain.ts";
export { domainOf, type Row } from "./data/domain_of.ts";
export { saveRecBole } from "./data/formats/save_recbole.ts";
export { datasetNames, loadDomain, type ProfileOptions } from "./data/profile.ts";
export type { ColumnMapping, ColumnName } from "./data/reading/columns.ts";
export { historyOf, type Part, splitName, targetOf, usersOf } from "./data/split.ts";
export type { Moment, SplitChoice } from "./data/split_choice.ts";
export { type DomainStatistics, domainStatistics, type SplitStatistics } from "./data/statistics.ts";
export { type WithheldItems, withholdItems } from "./data/withhold_items.ts";
export { type EncoderChoice, encodeTexts, type TextEncoding } from "./text/encode_texts.ts";
export type { BertOptions } from "./text/encoder/encoder.ts";
export type { Precision } from "./text/encoder/model_folder.ts";
export type { Pooling } from "./text/encoder/pooling.ts";
export type { EncodingProgress } from "./text/files/feature_file.ts";
export type { FeaturedDomain, SourceDomain } from "./training/joined/joined_domains.ts";

// Systems: those that there are, and what a new one is made of
export { findSystem, systems } from "./systems/registry.ts";
export type {
  Abilities,
  PlanIdentity,
  System,
  SystemSizes,
  TrainedRecommender,
  TrainingCost,
  TrainingPlan,
  TrainOptions,
  Workplace,
} from "./systems/system.ts";
export {
  type NeuralDefinition,
  type NeuralSystem,
  neuralSystem,
  type TrainedNetwork,
} from "./systems/neural/neural_system.ts";
export type { Network, NeuralRecommender } from "./systems/neural/neural_recommender.ts";
export type { NeuralScorer } from "./systems/neural/neural_scorer.ts";
export type { ItemTables } from "./evaluation/scorer.ts";
export type {
  PlanPretraining,
  Pretraining,
  PretrainingOptions,
  PretrainingResult,
  PretrainingValidation,
} from "./systems/pretraining/pretraining.ts";

// Models, losses and objectives
export { createSasRec } from "./systems/sasrec/model.ts";
export { createUniSRec, type UniSRecConfig } from "./systems/unisrec/model.ts";
export type { AdaptorConfig } from "./nn/moe_adaptor.ts";
export type { Parameters, ParameterSpec, ParameterSpecs } from "./nn/parameters.ts";
export type { SequenceModel } from "./nn/sequence_model.ts";
export type { EncoderConfig, PackedInput } from "./nn/transformer_encoder.ts";
export { itemCrossEntropy } from "./nn/losses/item_cross_entropy.ts";
export { nextItemLoss } from "./training/next_item.ts";
export type { NegativeKind, Negatives, NegativesChoice } from "./training/negatives.ts";
export { nextItemObjective } from "./training/next_item_objective.ts";
export type { CreateObjective, Objective, ObjectiveSettings } from "./training/objective.ts";
export type { Loss } from "./training/step.ts";

// How trainings go, and what makes them themselves
export type { EarlyStopping, StoppingLimits } from "./training/early_stopping.ts";
export type {
  EpochRecord,
  FitObserver,
  FitResult,
  SearchProgress,
  StepProgress,
  TrainingBatch,
} from "./training/fit.ts";
export type { DomainLoss } from "./training/joined/domain_losses.ts";
export type { RunSettings, TrainingRun } from "./training/run_identity.ts";
export type { RunOptions } from "./training/run_training.ts";

// Engines: what computes
export { chooseEngine, type EngineLoaders } from "./engine/choose_engine.ts";
export type { Arrays, ArraySpec, ArrayType, NumberArray } from "./engine/array_spec.ts";
export type { Held, HeldArray, Values } from "./engine/held_array.ts";
export type { NoiseSource, NoiseSpec } from "./engine/noise.ts";
export type { Compiled, Computation, Engine, HoldingProgram, Program } from "./engine/program.ts";
export type { Tensor } from "./engine/tensor.ts";
export type { Generator } from "./random.ts";

// Files: pre-trained models to start training from, and what recommenders' files hold
export { loadPretrained, type ModelCard, type Pretrained, savePretrained } from "./files/pretrained_file.ts";
export type { RecommenderCard, SavedRecommender } from "./files/recommender_file.ts";
export type { SavedTensor } from "./files/safetensors_header.ts";
export type { JsonObject, JsonValue } from "./json.ts";

export {
  CheckpointError,
  DataError,
  EngineError,
  ParameterError,
  type Problem,
  StorageError,
  UniSRecError,
} from "./errors.ts";
export { version } from "./version.ts";
